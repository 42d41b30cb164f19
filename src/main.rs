//! The `pactgraph` program.
fn main() {
    print!("{}", pactgraph::graphql::sdl());
}
