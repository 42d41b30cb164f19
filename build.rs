//! Provides the folder of the built page, which is embedded in the binary.

use std::path::PathBuf;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let out = std::env::var_os("OUT_DIR").map(PathBuf::from).expect("cargo sets OUT_DIR");
    std::fs::create_dir_all(out.join("web")).expect("OUT_DIR can be written to");
}
