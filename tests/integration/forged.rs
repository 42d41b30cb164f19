//! Packs that nobody has made with `pactgraph pack`, by the hundred: whatever they hold, they are read or
//! refused, never with a panic, and within bounds.

use crate::pack::{COVERED, SMALL, blocks, judged, number, redigested, sealed};

/// Numbers that are the same on every machine.
struct Dice(u64);

impl Dice {
    fn below(&mut self, count: usize) -> usize {
        // xorshift64*
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % count.max(1)
    }
}

/// The pack as its header and its blocks, each with its head.
fn split(bytes: &[u8]) -> (Vec<u8>, Vec<Vec<u8>>) {
    let (head, mut rest) = bytes.split_at(blocks(bytes));
    let mut parts = Vec::new();
    while !rest.is_empty() {
        let (block, after) = rest.split_at(9 + number(rest, 1));
        parts.push(block.to_vec());
        rest = after;
    }
    (head.to_vec(), parts)
}

/// A block of this section that says that it holds `raw` bytes.
fn block_of(section: u8, raw: usize, compressed: &[u8]) -> Vec<u8> {
    let lengths = [(compressed.len() as u32).to_le_bytes(), (raw as u32).to_le_bytes()].concat();
    [&[section], &*lengths, compressed].concat()
}

/// One pack that nobody has made with `pactgraph pack`, under a checksum and mostly a digest that are right.
fn mutated(dice: &mut Dice) -> Vec<u8> {
    let (head, mut parts) = split(&SMALL);
    let one = dice.below(parts.len());
    match dice.below(9) {
        0 => return sealed(SMALL[..COVERED + 4 + dice.below(SMALL.len() - COVERED - 4)].to_vec()),
        1 => {
            let mut bytes = SMALL.clone();
            let place = COVERED + dice.below(bytes.len() - COVERED);
            bytes[place] ^= 1 << dice.below(8);
            return sealed(bytes);
        }
        2 => drop(parts.remove(one)),
        3 => parts.insert(one, parts[one].clone()),
        4 => {
            let other = dice.below(parts.len());
            parts.swap(one, other);
        }
        5 => parts[one][0] = dice.below(6) as u8,
        6 => {
            // Bytes that hold next to nothing and say that they hold much, or do.
            let says = [1 << 20, 15 << 20, 17 << 20, 1 << 30][dice.below(4)];
            let holds = zstd::bulk::compress(&vec![0; 1 << (10 + dice.below(11))], 1).expect("a block");
            let section = dice.below(4) as u8;
            let count = 1 + dice.below(50);
            parts.splice(one..one, (0..count).map(|_| block_of(section, says, &holds)));
            // Its digest would take longer than to refuse it.
            return sealed([head, parts.concat()].concat());
        }
        7 => {
            // An item that begins where another ends.
            let raw = number(&parts[one], 5);
            let mut items = zstd::bulk::decompress(&parts[one][9..], raw).expect("a block");
            let (from, to) = (dice.below(items.len()), dice.below(items.len()));
            items.drain(from.min(to)..from.max(to).min(from.min(to) + 64));
            let compressed = zstd::bulk::compress(&items, 1).expect("a block");
            parts[one] = block_of(parts[one][0], items.len(), &compressed);
        }
        _ => {
            let raw = number(&parts[one], 5);
            let mut items = zstd::bulk::decompress(&parts[one][9..], raw).expect("a block");
            for _ in 0..1 + dice.below(3) {
                let place = dice.below(items.len());
                items[place] = match dice.below(4) {
                    0 => 0,
                    1 => 0xff,
                    2 => items[place].wrapping_add(1),
                    _ => dice.below(256) as u8,
                };
            }
            let compressed = zstd::bulk::compress(&items, 1).expect("a block");
            parts[one] = block_of(parts[one][0], items.len(), &compressed);
        }
    }
    let whole = sealed([head, parts.concat()].concat());
    if dice.below(8) == 0 { whole } else { redigested(&whole) }
}

/// `PACTGRAPH_MUTATIONS=20000` judges as many.
#[test]
fn no_mutated_pack_breaks_the_reader() {
    let count = std::env::var("PACTGRAPH_MUTATIONS").ok().and_then(|count| count.parse().ok()).unwrap_or(150);
    let mut dice = Dice(2026);
    let accepted = (0..count).filter(|_| judged(&mutated(&mut dice))).count();
    println!("{accepted} of {count} mutated packs hold valid facts");
    assert!(accepted < count / 2, "most of them hold none");
}
