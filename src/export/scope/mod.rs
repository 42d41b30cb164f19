//! Which part of the graph is asked for, in the words of a command line or of an address, which are
//! those of the API.

mod filter;
mod parameter;
mod part;
mod read;

use std::collections::BTreeMap;

pub use parameter::{PARAMETERS, Parameter, WrongParameter};

use super::Selection;
use crate::graph::{
    AsOf, Bounds, Filter, HubPolicy, NodeFilter, PathMode, PathsQuestion, QuestionError, ReachQuestion,
    RelationshipFilter, RelationshipRef, Time, View,
};
use crate::model::{Certainty, RelationshipKind};
use part::Part;
use read::Given;

/// Which part of the graph is asked for; the whole where nothing is said.
#[derive(Debug, Clone, Default)]
pub struct Scope {
    part: Part,
    time: Option<Time>,
    lists_undated: bool,
    /// Which nodes.
    filter: Option<NodeFilter>,
    /// Which relationships: of these kinds, and those that fit.
    kinds: Vec<RelationshipKind>,
    relationships: Option<RelationshipFilter>,
}

impl Scope {
    /// The scope that these parameters ask for.
    ///
    /// # Errors
    /// A parameter that there is not, that is given twice, whose value is not what it may be, or that
    /// has no meaning beside the others.
    pub fn from_parameters<N: AsRef<str>, V: AsRef<str>>(
        parameters: impl IntoIterator<Item = (N, V)>,
    ) -> Result<Self, WrongParameter> {
        let given = Parameters::new(parameters)?;
        let as_of = given.of("asOf").date()?;
        let flag = [("TRUE", true), ("FALSE", false)];
        let all_dates = given.of("allDates").choice(&flag)?.unwrap_or(false);
        let lists_undated = given.of("undated").choice(&flag)?.unwrap_or(false);
        let certainties = [("POSSIBLE", Certainty::Possible), ("CERTAIN", Certainty::Certain)];
        let certainty = given.of("certainty").choice(&certainties)?.unwrap_or(Certainty::Possible);
        let kinds = given.of("kinds").kinds()?;
        let mut filter = given.of("where").node_filter()?;
        if !kinds.is_empty() {
            filter =
                Some(NodeFilter { kinds: Some(kinds), and: filter.into_iter().collect(), ..NodeFilter::default() });
        }
        let relationships = given.of("relationships");
        let is_json = relationships.texts.iter().any(|text| text.trim_start().starts_with('{'));
        let (kinds, relationships) = if is_json {
            (Vec::new(), relationships.relationship_filter()?)
        } else {
            (relationships.relationship_kinds()?, None)
        };
        let part = given.part(&filter, &kinds)?;
        if all_dates && as_of.is_some() {
            let message = "`asOf` and `allDates` ask for different times: give one of them.";
            return Err(WrongParameter::new("allDates", message));
        }
        let all_dates = all_dates.then_some(Time::AllDates);
        let time = as_of.map(|date| Time::AsOf(AsOf { date, certainty })).or(all_dates);
        Ok(Self { part, time, lists_undated, filter, kinds, relationships })
    }

    /// What it is a part of, in a view of today. The whole holds everything ever stated, with its dates; a part is
    /// as of today where nothing else is asked for.
    pub fn view(&self, view: View) -> View {
        match self.time {
            Some(Time::AsOf(as_of)) if self.lists_undated => view.as_of_with_undated(as_of),
            Some(time) => view.at_time(time),
            None if self.is_whole() => view.all_dates(),
            None => view,
        }
    }

    /// Whether nothing is left out.
    fn is_whole(&self) -> bool {
        let is_whole = matches!(self.part, Part::Whole);
        is_whole && self.filter.is_none() && self.kinds.is_empty() && self.relationships.is_none()
    }

    /// The part itself. O(nodes + relationships), and what a traversal costs.
    ///
    /// # Errors
    /// An id that the view does not show; a part that takes too much work to find.
    pub fn select<'g>(&self, view: &'g View) -> Result<Selection<'g>, QuestionError> {
        let listed = self.relationships.as_ref().map(|filter| view.list_relationships(Some(filter))).transpose()?;
        let listed = listed.map(|listed| listed.all());
        let selection = match (&self.part, &self.filter, &listed) {
            (Part::Whole, None, Some(listed)) => return Ok(Selection::of(view, [], listed.iter().copied())),
            (Part::Whole, None, None) => Selection::whole(view),
            (Part::Whole, Some(filter), _) => {
                let filter = Filter::new(view, filter)?;
                Selection::among(view, view.nodes().filter(|node| filter.fits(*node)))
            }
            (part, ..) => part.select(view)?,
        };
        if self.kinds.is_empty() && listed.is_none() {
            return Ok(selection);
        }
        let is_listed = |r| listed.as_ref().is_none_or(|listed| listed.binary_search(&r).is_ok());
        let is_wanted =
            |r: &RelationshipRef<'g>| is_listed(*r) && (self.kinds.is_empty() || self.kinds.contains(&r.kind()));
        let relationships: Vec<_> = selection.relationships().iter().copied().filter(is_wanted).collect();
        Ok(Selection::of(view, selection.nodes().iter().copied(), relationships))
    }
}

/// The texts given for each parameter.
struct Parameters(BTreeMap<&'static str, Vec<String>>);

impl Parameters {
    fn new<N: AsRef<str>, V: AsRef<str>>(parameters: impl IntoIterator<Item = (N, V)>) -> Result<Self, WrongParameter> {
        let mut given = BTreeMap::<_, Vec<_>>::new();
        for (name, value) in parameters {
            let name = name.as_ref();
            let Some(parameter) = parameter::named(name) else {
                let known: Vec<_> = PARAMETERS.iter().map(|parameter| parameter.name).collect();
                let known = known.join(", ");
                let short: String = name.chars().take(60).collect();
                let message = format!("There is no parameter `{short}`. The parameters are {known}.");
                return Err(WrongParameter::new(name, message));
            };
            given.entry(parameter.name).or_default().push(value.as_ref().to_owned());
        }
        let starts = ["around", "reach", "from"].into_iter().filter(|name| given.contains_key(name));
        if let [first, second, ..] = starts.collect::<Vec<_>>()[..] {
            let message = format!("`{first}` and `{second}` ask for different parts of the graph: give one of them.");
            return Err(WrongParameter::new(second, message));
        }
        for parameter in PARAMETERS.iter().filter(|parameter| given.contains_key(parameter.name)) {
            let has_company = parameter.with.is_empty() || parameter.with.iter().any(|name| given.contains_key(name));
            if !has_company {
                let (name, with) = (parameter.name, parameter.with.join("`, or `"));
                let message = format!("`{name}` has no meaning by itself: give `{with}` too.");
                return Err(WrongParameter::new(name, message));
            }
        }
        Ok(Self(given))
    }

    fn of(&self, name: &'static str) -> Given<'_> {
        Given { name, texts: self.0.get(name).map(Vec::as_slice).unwrap_or_default() }
    }

    fn part(&self, filter: &Option<NodeFilter>, kinds: &[RelationshipKind]) -> Result<Part, WrongParameter> {
        let most = Bounds::default();
        let most_steps = most.path_length as i32;
        let mut follow = self.of("follow").follow()?;
        if follow.is_empty() {
            follow = kinds.iter().map(|kind| (*kind, crate::graph::Direction::Any)).collect();
        }
        let hubs =
            [("AVOID", HubPolicy::Avoid), ("AVOID_DECLARED", HubPolicy::AvoidDeclared), ("ALLOW", HubPolicy::Allow)];
        let hubs = self.of("hubs").choice(&hubs)?.unwrap_or_default();
        if let (Some(from), Some(to)) = (self.of("from").one()?, self.of("to").one()?) {
            let modes = [
                ("SHORTEST", PathMode::Shortest),
                ("ALL_SHORTEST", PathMode::AllShortest),
                ("SIMPLE", PathMode::Simple),
            ];
            let question = PathsQuestion {
                mode: self.of("mode").choice(&modes)?.unwrap_or_default(),
                follow,
                via: self.of("via").ids()?,
                avoid: self.of("avoid").ids()?,
                hubs,
                max_length: self.of("maxLength").number(1, most_steps)?.unwrap_or(6),
                first: self.of("first").number(0, most.page as i32)?.unwrap_or(10),
            };
            return Ok(Part::Paths { from: from.to_owned(), to: to.to_owned(), question });
        }
        let (around, reach) = (self.of("around").ids()?, self.of("reach").ids()?);
        if around.is_empty() && reach.is_empty() {
            return Ok(Part::Whole);
        }
        let default = if around.is_empty() { 3 } else { 1 };
        let question = ReachQuestion {
            follow,
            max_depth: self.of("depth").number(0, most_steps)?.unwrap_or(default),
            until: self.of("until").node_filter()?,
            filter: filter.clone(),
            hubs,
        };
        let limit = self.of("limit").number(1, i32::MAX)?.map(|limit| limit as usize);
        let (starts, named) = if around.is_empty() { (reach, "reach") } else { (around, "around") };
        Ok(Part::Walk { starts, named, question: Box::new(question), limit })
    }
}

#[cfg(test)]
mod tests;
