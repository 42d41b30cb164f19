//! The limit of searches: plain breadth-first search over compressed sparse rows.

use pactgraph::graph::Adjacency;

/// A graph as plain arrays.
pub struct Plain {
    offsets: Vec<u32>,
    targets: Vec<u32>,
}

impl Plain {
    pub fn new(adjacency: &Adjacency) -> Self {
        let mut offsets = vec![0];
        let mut targets = Vec::new();
        for node in 0..adjacency.node_count() as u32 {
            targets.extend(adjacency.others(adjacency.row(node)));
            offsets.push(targets.len() as u32);
        }
        Self { offsets, targets }
    }

    /// Notes parents, as a closure with witnesses must, and stops at `goal`.
    pub fn search(&self, start: u32, goal: Option<u32>) -> usize {
        let mut parent = vec![u32::MAX; self.offsets.len() - 1];
        parent[start as usize] = start;
        let mut queue = vec![start];
        let mut head = 0;
        while let Some(&node) = queue.get(head) {
            head += 1;
            let row = self.offsets[node as usize] as usize..self.offsets[node as usize + 1] as usize;
            for &other in &self.targets[row] {
                if parent[other as usize] == u32::MAX {
                    parent[other as usize] = node;
                    if goal == Some(other) {
                        return queue.len();
                    }
                    queue.push(other);
                }
            }
        }
        queue.len()
    }
}
