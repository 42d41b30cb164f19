//! `pactgraph export`: the graph, or a part of it, as a file.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use pactgraph::export::{self, Format, Scope, Selection};

use super::data::{self, DataArgs};
use super::output;

/// Write the graph, or a part of it, for other tools to read
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Formats:
  graphml   networkx, igraph, yEd, Gephi       ttl     RDF as Turtle
  gexf      Gephi, with a timeline             jsonld  the same RDF as JSON-LD
  dot       Graphviz                           mmd     Mermaid, for notes
  cyjs      cytoscape.js, Cytoscape
  csv       a folder of tables with a datapackage.json; -o names the folder
  nodes.csv, relationships.csv, sources.csv, datapackage.json   one file of that folder

Exit status: 0 if it was written, 1 if it could not be, 2 if the command line is wrong.

Examples:
  pactgraph export --format graphml -o graph.graphml
  pactgraph export --format csv -o tables
  pactgraph export --format dot --around canada-eu-raw-materials-partnership --depth 2 | dot -Tsvg > eu.svg
  pactgraph export --format ttl --as-of 2022-12-31 --kinds AGREEMENT,COUNTRY > graph.ttl
  pactgraph export --format nodes.csv --around g7 --relationships MEMBER_OF")]
pub(crate) struct Args {
    /// The format: graphml, gexf, dot, cyjs, ttl, jsonld, mmd or csv
    #[arg(long, short, value_name = "FORMAT", value_parser = shape)]
    format: Shape,

    /// Only what lies around the node with this id; may be given several times
    #[arg(long, value_name = "ID")]
    around: Vec<String>,

    /// How many steps around, 0 to 32 [default: 1]
    #[arg(long, value_name = "STEPS", requires = "around")]
    depth: Option<String>,

    /// Whether to walk on from nodes that touch nearly everything: AVOID or ALLOW [default: AVOID]
    #[arg(long, value_name = "POLICY", requires = "around")]
    hubs: Option<String>,

    /// The graph as it stood on a date: 2022, 2022-12 or 2022-12-31
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,

    /// How vague dates are treated: POSSIBLE or CERTAIN [default: POSSIBLE]
    #[arg(long, value_name = "CERTAINTY", requires = "as_of")]
    certainty: Option<String>,

    /// Only nodes of these kinds, as in AGREEMENT,COUNTRY
    #[arg(long, value_name = "KINDS")]
    kinds: Option<String>,

    /// Only relationships of these kinds, as in BUILDS_ON,SUPPORTS
    #[arg(long, value_name = "KINDS")]
    relationships: Option<String>,

    /// The file to write, or for csv the folder; without it, standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// One file, or a folder of tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    File(Format),
    Folder,
}

fn shape(name: &str) -> Result<Shape, String> {
    if name.eq_ignore_ascii_case("csv") {
        return Ok(Shape::Folder);
    }
    Format::named(name).map(Shape::File).ok_or_else(|| {
        let names: Vec<_> = Format::ALL.into_iter().map(Format::name).collect();
        format!("there is no such format; the formats are csv, {}", names.join(", "))
    })
}

impl Args {
    fn scope(&self) -> Result<Scope, export::WrongParameter> {
        let one = |name, value: &Option<String>| value.clone().map(|value| (name, value));
        let around = self.around.iter().map(|id| ("around", id.clone()));
        let others = [
            one("depth", &self.depth),
            one("hubs", &self.hubs),
            one("as_of", &self.as_of),
            one("certainty", &self.certainty),
            one("kinds", &self.kinds),
            one("relationships", &self.relationships),
        ];
        Scope::from_parameters(around.chain(others.into_iter().flatten()))
    }
}

/// Writes the export.
pub(crate) fn run(args: &Args, data: &DataArgs) -> ExitCode {
    let scope = match args.scope() {
        Ok(scope) => scope,
        Err(wrong) => return refuse(&wrong.to_string().replace("`as_of`", "`--as-of`")),
    };
    if args.format == Shape::Folder && args.output.is_none() {
        return refuse(
            "csv is a folder of tables: name it with -o, as in -o tables\n\nOne table alone can go to standard output: \
             --format nodes.csv or --format relationships.csv",
        );
    }
    let graph = match data::open(data) {
        Ok(opened) => opened.graph,
        Err(code) => return code,
    };
    let view = scope.view(&graph);
    let written = data::with_progress("writing the export", || {
        let selection = match scope.select(&view) {
            Ok(selection) => selection,
            Err(error) => return Err(error.to_string().replace("Argument `around`: ", "--around: ")),
        };
        Ok(match (args.format, &args.output) {
            (Shape::Folder, Some(folder)) => write_folder(&selection, folder),
            (Shape::File(format), Some(file)) => output::write(file, |out| export::write(format, &selection, out)),
            (Shape::File(format), None) => {
                output::write_to(io::stdout().lock(), |out| export::write(format, &selection, out))
            }
            (Shape::Folder, None) => Ok(()),
        })
    });
    match written {
        Ok(written) => super::finish(written, ExitCode::SUCCESS),
        Err(message) => refuse(&message),
    }
}

fn refuse(message: &str) -> ExitCode {
    eprintln!("error: {message}");
    ExitCode::from(2)
}

fn write_folder(selection: &Selection<'_>, folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder).map_err(|error| output::at(folder, &error))?;
    let tables = Format::ALL.into_iter().filter(|format| !format.is_graph());
    tables
        .into_iter()
        .try_for_each(|format| output::write(&folder.join(format.name()), |out| export::write(format, selection, out)))
}
