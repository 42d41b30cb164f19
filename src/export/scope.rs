//! Which part of the graph is asked for, in the words of a command line or of an address.

use std::fmt;
use std::sync::Arc;

use super::Selection;
use crate::graph::{
    AsOf, Bounds, Direction, Graph, HubPolicy, NodeFilter, QuestionError, ReachQuestion, StopReason, View, upper_snake,
};
use crate::model::{Certainty, NodeKind, PartialDate, RelationshipKind};

/// A parameter by which a part of the graph is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parameter {
    /// Its name.
    pub name: &'static str,
    /// What it means and what it may be.
    pub says: &'static str,
    /// An example of its value.
    pub example: &'static str,
}

/// Every parameter of a [`Scope`].
pub const PARAMETERS: &[Parameter] = &[
    Parameter {
        name: "around",
        says: "The id of a node: only what lies around it. May be given several times, or several joined by commas",
        example: "canada-eu-raw-materials-partnership",
    },
    Parameter {
        name: "depth",
        says: "How many steps around, 0 to 32; 1 where left out. Only with `around`",
        example: "2",
    },
    Parameter {
        name: "as_of",
        says: "The graph as it stood on a date: a year, a year and month, or a full date",
        example: "2022-12-31",
    },
    Parameter {
        name: "certainty",
        says: "How vague dates are treated with `as_of`: POSSIBLE, taken where left out, or CERTAIN",
        example: "CERTAIN",
    },
    Parameter {
        name: "kinds",
        says: "Only nodes of these kinds, joined by commas, and the relationships among them; nodes of `around` always stay",
        example: "AGREEMENT,COUNTRY",
    },
    Parameter {
        name: "relationships",
        says: "Only relationships of these kinds, joined by commas; with `around`, only these are followed",
        example: "BUILDS_ON,SUPPORTS",
    },
    Parameter {
        name: "hubs",
        says: "Whether to walk on from nodes that touch nearly everything: AVOID, taken where left out, or ALLOW. Only with `around`",
        example: "ALLOW",
    },
];

/// A parameter that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrongParameter {
    /// Its name.
    pub name: String,
    /// What is wrong, and what was expected, in sentences.
    pub message: String,
}

impl fmt::Display for WrongParameter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for WrongParameter {}

/// Which part of the graph is asked for; the whole where nothing is said.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scope {
    around: Vec<String>,
    depth: Option<i32>,
    as_of: Option<PartialDate>,
    certainty: Option<Certainty>,
    kinds: Vec<NodeKind>,
    relationships: Vec<RelationshipKind>,
    hubs: Option<HubPolicy>,
}

impl Scope {
    /// The scope that these parameters ask for.
    ///
    /// # Errors
    /// A parameter that there is not, that is given twice, or whose value is not what it may be.
    pub fn from_parameters<N: AsRef<str>, V: AsRef<str>>(
        parameters: impl IntoIterator<Item = (N, V)>,
    ) -> Result<Self, WrongParameter> {
        let mut scope = Self::default();
        for (name, value) in parameters {
            scope.set(name.as_ref(), value.as_ref().trim())?;
        }
        for (name, given) in [("depth", scope.depth.is_some()), ("hubs", scope.hubs.is_some())] {
            if given && scope.around.is_empty() {
                return Err(wrong(
                    name,
                    format!("`{name}` says how far to go around a node: give `around` with an id too."),
                ));
            }
        }
        if scope.certainty.is_some() && scope.as_of.is_none() {
            return Err(wrong("certainty", "`certainty` says how to read `as_of`: give `as_of` with a date too."));
        }
        Ok(scope)
    }

    fn set(&mut self, name: &str, value: &str) -> Result<(), WrongParameter> {
        let refused = |expected: &str| wrong(name, format!("`{name}` is {value:?}, but must be {expected}."));
        match name {
            "around" => {
                let ids = value.split(',').map(str::trim).filter(|id| !id.is_empty()).map(str::to_owned);
                let before = self.around.len();
                self.around.extend(ids);
                if self.around.len() == before {
                    return Err(refused("the id of a node, as in `canada-eu-raw-materials-partnership`"));
                }
            }
            "depth" => {
                let most = Bounds::default().path_length as i32;
                let depth = value.parse().ok().filter(|depth| (0..=most).contains(depth));
                let depth = depth.ok_or_else(|| refused(&format!("a whole number from 0 to {most}")))?;
                once(name, &mut self.depth, depth)?;
            }
            "as_of" => {
                let expected = "a date: `2022`, `2022-12` or `2022-12-31`, in the years 1000 to 9999";
                once(name, &mut self.as_of, value.parse().map_err(|_| refused(expected))?)?;
            }
            "certainty" => {
                let certainty = match value.to_ascii_uppercase().as_str() {
                    "CERTAIN" => Certainty::Certain,
                    "POSSIBLE" => Certainty::Possible,
                    _ => return Err(refused("CERTAIN or POSSIBLE")),
                };
                once(name, &mut self.certainty, certainty)?;
            }
            "hubs" => {
                let hubs = match value.to_ascii_uppercase().as_str() {
                    "AVOID" => HubPolicy::Avoid,
                    "ALLOW" => HubPolicy::Allow,
                    _ => return Err(refused("AVOID or ALLOW")),
                };
                once(name, &mut self.hubs, hubs)?;
            }
            "kinds" => {
                list(&NodeKind::ALL, |kind| upper_snake(kind.name()), name, value, &mut self.kinds)?;
            }
            "relationships" => {
                list(&RelationshipKind::ALL, |kind| kind.name().into(), name, value, &mut self.relationships)?;
            }
            _ => {
                let known: Vec<_> = PARAMETERS.iter().map(|parameter| parameter.name).collect();
                let known = known.join(", ");
                return Err(wrong(name, format!("There is no parameter `{name}`. The parameters are {known}.")));
            }
        }
        Ok(())
    }

    /// Whether it is the whole graph.
    pub fn is_whole(&self) -> bool {
        *self == Self::default()
    }

    /// The view of `graph` it is a part of.
    pub fn view(&self, graph: &Arc<Graph>) -> View {
        let view = View::new(graph.clone());
        match self.as_of {
            None => view,
            Some(date) => view.as_of(AsOf { date, certainty: self.certainty.unwrap_or(Certainty::Possible) }),
        }
    }

    /// The part itself. O(nodes + relationships).
    ///
    /// # Errors
    /// An id in `around` that the view does not show; a part that takes too much work to find.
    pub fn select<'g>(&self, view: &'g View) -> Result<Selection<'g>, QuestionError> {
        let selection = self.nodes(view)?;
        if self.relationships.is_empty() {
            return Ok(selection);
        }
        let wanted = |kind| self.relationships.contains(&kind);
        let relationships = selection.relationships().iter().copied().filter(|r| wanted(r.kind()));
        Ok(Selection::of(view, selection.nodes().iter().copied(), relationships.collect::<Vec<_>>()))
    }

    fn nodes<'g>(&self, view: &'g View) -> Result<Selection<'g>, QuestionError> {
        if self.around.is_empty() {
            return Ok(match self.kinds.as_slice() {
                [] => Selection::whole(view),
                kinds => Selection::among(view, view.nodes().filter(|node| kinds.contains(&node.kind()))),
            });
        }
        let centers = self.around.iter().map(|id| view.require("around", id)).collect::<Result<Vec<_>, _>>()?;
        let depth = self.depth.unwrap_or(1);
        if depth == 0 {
            return Ok(Selection::among(view, centers));
        }
        let kinds = (!self.kinds.is_empty()).then(|| self.kinds.clone());
        let question = ReachQuestion {
            follow: self.relationships.iter().map(|kind| (*kind, Direction::Any)).collect(),
            max_depth: depth,
            until: None,
            filter: kinds.map(|kinds| NodeFilter { kinds: Some(kinds), ..NodeFilter::default() }),
            hubs: self.hubs.unwrap_or_default(),
        };
        let reach = view.reach(&self.around, &question)?;
        if reach.stopped == StopReason::WorkBudget {
            return Err(QuestionError::bad(
                "depth",
                "so much lies around these nodes that it is not gathered; ask for fewer steps, or for the whole graph",
            ));
        }
        Ok(Selection::among(view, centers.into_iter().chain(reach.reached.iter().map(|reached| reached.node))))
    }
}

fn wrong(name: &str, message: impl Into<String>) -> WrongParameter {
    WrongParameter { name: name.to_owned(), message: message.into() }
}

fn once<T>(name: &str, place: &mut Option<T>, value: T) -> Result<(), WrongParameter> {
    match place.replace(value) {
        None => Ok(()),
        Some(_) => Err(wrong(name, format!("`{name}` is given more than once."))),
    }
}

fn list<T: Copy + PartialEq>(
    known: &[T],
    spelt: impl Fn(T) -> String,
    name: &str,
    value: &str,
    into: &mut Vec<T>,
) -> Result<(), WrongParameter> {
    for word in value.split(',').map(str::trim) {
        let plain = word.to_ascii_uppercase().replace('-', "_");
        let Some(found) = known.iter().copied().find(|item| spelt(*item) == plain) else {
            let all: Vec<_> = known.iter().map(|item| spelt(*item)).collect();
            let message = format!("`{name}` has {word:?}, but must be some of {}, joined by commas.", all.join(", "));
            return Err(wrong(name, message));
        };
        if !into.contains(&found) {
            into.push(found);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_read_and_refused() {
        let scope =
            Scope::from_parameters([("around", "a,b"), ("around", "c"), ("depth", "2"), ("kinds", "agreement")]);
        let scope = scope.expect("a scope");
        assert_eq!((scope.around.len(), scope.depth, scope.kinds.as_slice()), (3, Some(2), &[NodeKind::Agreement][..]));
        assert!(Scope::from_parameters([("a", "b"); 0]).expect("a scope").is_whole());
        let refused = [
            ("around", "", "the id of a node"),
            ("depth", "x", "a whole number from 0 to 32"),
            ("depth", "33", "a whole number from 0 to 32"),
            ("depth", "1", "give `around`"),
            ("as_of", "2022-13", "a date"),
            ("certainty", "sure", "CERTAIN or POSSIBLE"),
            ("certainty", "CERTAIN", "give `as_of`"),
            ("kinds", "AGREEMENT,PLANET", "AGREEMENT, COUNTRY, FORUM"),
            ("relationships", "LOVES", "ADMINISTERS, BUILDS_ON"),
            ("hubs", "maybe", "AVOID or ALLOW"),
            ("dept", "1", "The parameters are around, depth"),
        ];
        for (name, value, expected) in refused {
            let refusal = Scope::from_parameters([(name, value)]).expect_err(name);
            assert!(refusal.message.contains(expected) && refusal.name == name, "{name}: {refusal}");
        }
        assert!(Scope::from_parameters([("as_of", "2022"), ("as_of", "2023")]).is_err());
    }
}
