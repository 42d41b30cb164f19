//! From words and signs to what they say. Refuses what is too large while it reads, so that no document
//! costs more than its limits, and nothing that recurses over one goes deep.

use async_graphql::Name;
use async_graphql::parser::types::{BaseType, OperationType, Type};

use super::ast::{
    Argument, Ast, At, Definition, Directive, Field, Fragment, Inline, Kind, Literal, Operation, Selection, Selections,
    Spread, Variable, Word,
};
use super::fault::Fault;
use super::lexer::{self, Token, TokenKind};
use crate::graphql::limits::Limits;

/// The words that begin the definition of a type.
const TYPES: [&str; 6] = ["scalar", "type", "interface", "union", "enum", "input"];

/// Reads a document. Linear in its text.
pub(super) fn parse<'t>(text: &'t str, limits: &Limits) -> Result<Ast<'t>, Fault> {
    if text.len() > limits.document_bytes {
        let (size, limit) = (text.len(), limits.document_bytes);
        let message = format!("The document has {size} bytes; at most {limit} are read.");
        return Err(Fault::too_large(message, "bytes", limit));
    }
    let start = Token { at: 0, end: 0, kind: TokenKind::End };
    let mut parser = Parser { text, limits, token: start, tokens: 0, open: 0 };
    parser.advance()?;
    let mut ast = Ast::default();
    loop {
        ast.definitions.push(parser.definition()?);
        if parser.token.kind == TokenKind::End {
            return Ok(ast);
        }
    }
}

struct Parser<'t, 'l> {
    text: &'t str,
    limits: &'l Limits,
    token: Token<'t>,
    tokens: usize,
    open: usize,
}

type Parsed<T> = Result<T, Fault>;

impl<'t> Parser<'t, '_> {
    /// Takes the token and reads the next.
    fn advance(&mut self) -> Parsed<Token<'t>> {
        let next = lexer::next(self.text, self.token.end)?;
        self.tokens += 1;
        match next.kind {
            TokenKind::Sign('(' | '[' | '{') => self.open += 1,
            TokenKind::Sign(')' | ']' | '}') => self.open = self.open.saturating_sub(1),
            TokenKind::Sign(_) | TokenKind::Name(_) | TokenKind::Int(_) | TokenKind::Float(_) => {}
            TokenKind::Text(_) | TokenKind::Block(_) | TokenKind::End => {}
        }
        let Limits { tokens, open_brackets, .. } = *self.limits;
        // The end is no token.
        if self.tokens > tokens && next.kind != TokenKind::End {
            let message = format!("The document has more than {tokens} words and signs.");
            return Err(Fault::too_large(message, "tokens", tokens));
        }
        if self.open > open_brackets {
            let message = format!("The document opens more than {open_brackets} brackets within each other.");
            return Err(Fault::too_large(message, "openBrackets", open_brackets));
        }
        Ok(std::mem::replace(&mut self.token, next))
    }

    fn unexpected(token: &Token<'t>) -> Fault {
        Fault::syntax(token.at, format!("Unexpected {}.", token.kind))
    }

    fn expected(&self, what: &str) -> Fault {
        Fault::syntax(self.token.at, format!("Expected {what}, found {}.", self.token.kind))
    }

    fn is(&self, sign: char) -> bool {
        self.token.kind == TokenKind::Sign(sign)
    }

    fn sign(&mut self, sign: char) -> Parsed<At> {
        if !self.is(sign) {
            return Err(self.expected(&TokenKind::Sign(sign).to_string()));
        }
        Ok(self.advance()?.at)
    }

    /// Whether the sign was there, and was taken.
    fn take(&mut self, sign: char) -> Parsed<bool> {
        let is = self.is(sign);
        if is {
            self.advance()?;
        }
        Ok(is)
    }

    fn word(&mut self) -> Parsed<Word<'t>> {
        let TokenKind::Name(text) = self.token.kind else { return Err(self.expected("Name")) };
        Ok(Word { at: self.advance()?.at, text })
    }

    fn keyword(&mut self, keyword: &str) -> Parsed<()> {
        if self.token.kind != TokenKind::Name(keyword) {
            return Err(self.expected(&format!("\"{keyword}\"")));
        }
        self.advance().map(drop)
    }

    /// One thing or more between two signs.
    fn many<T>(&mut self, open: char, mut one: impl FnMut(&mut Self) -> Parsed<T>, close: char) -> Parsed<Vec<T>> {
        self.sign(open)?;
        let mut all = Vec::new();
        loop {
            all.push(one(self)?);
            if self.take(close)? {
                return Ok(all);
            }
        }
    }

    /// The same, or nothing at all.
    fn some<T>(&mut self, open: char, one: impl FnMut(&mut Self) -> Parsed<T>, close: char) -> Parsed<Vec<T>> {
        if self.is(open) { self.many(open, one, close) } else { Ok(Vec::new()) }
    }

    fn is_text(&self) -> bool {
        matches!(self.token.kind, TokenKind::Text(_) | TokenKind::Block(_))
    }

    /// Passes over a description, which means nothing to those who answer.
    fn description(&mut self) -> Parsed<()> {
        if self.is_text() { self.advance().map(drop) } else { Ok(()) }
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "whatever else stands there is refused alike")]
    fn definition(&mut self) -> Parsed<Definition<'t>> {
        let at = self.token.at;
        if self.is('{') {
            let (kind, name) = (OperationType::Query, None);
            let (variables, directives, selections) = (Vec::new(), Vec::new(), self.selections()?);
            return Ok(Definition::Operation(Operation { at, kind, name, variables, directives, selections }));
        }
        let described = self.is_text();
        let keyword = if described { lexer::next(self.text, self.token.end)? } else { self.token.clone() };
        match keyword.kind {
            TokenKind::Name("query" | "mutation" | "subscription") => self.operation(at).map(Definition::Operation),
            TokenKind::Name("fragment") => self.fragment(at).map(Definition::Fragment),
            TokenKind::Name("schema" | "directive") => self.not_executable(at),
            TokenKind::Name(name) if TYPES.contains(&name) => self.not_executable(at),
            TokenKind::Name("extend") if !described => self.not_executable(at),
            TokenKind::Sign('{') if described => {
                let message = "Unexpected description, descriptions are not supported on shorthand queries.";
                Err(Fault::syntax(at, message))
            }
            TokenKind::Name(_) if described => {
                let message = "Unexpected description, only GraphQL definitions support descriptions.";
                Err(Fault::syntax(at, message))
            }
            _ => Err(Self::unexpected(&keyword)),
        }
    }

    /// A definition of types has no place in a question, so it is not read on.
    #[expect(clippy::wildcard_enum_match_arm, reason = "whatever else stands there is refused alike")]
    fn not_executable(&mut self, at: At) -> Parsed<Definition<'t>> {
        self.description()?;
        let mut keyword = self.word()?.text;
        if keyword == "extend" {
            match self.token.kind {
                TokenKind::Name(of) if TYPES.contains(&of) || of == "schema" => keyword = self.word()?.text,
                _ => return Err(Self::unexpected(&self.token)),
            }
        }
        let name = match keyword {
            "schema" if self.is('{') || self.is('@') => "schema".into(),
            "schema" => return Err(self.expected("\"{\"")),
            "directive" => {
                self.sign('@')?;
                format!("\"{}\"", self.word()?.text)
            }
            _ => format!("\"{}\"", self.word()?.text),
        };
        Err(Fault::rule(vec![at], format!("The {name} definition is not executable.")))
    }

    fn operation(&mut self, at: At) -> Parsed<Operation<'t>> {
        self.description()?;
        let kind = match self.word()?.text {
            "mutation" => OperationType::Mutation,
            "subscription" => OperationType::Subscription,
            _ => OperationType::Query,
        };
        let name = if matches!(self.token.kind, TokenKind::Name(_)) { Some(self.word()?) } else { None };
        let variables = self.some('(', Self::variable, ')')?;
        let directives = self.directives(false)?;
        Ok(Operation { at, kind, name, variables, directives, selections: self.selections()? })
    }

    fn variable(&mut self) -> Parsed<Variable<'t>> {
        let at = self.token.at;
        self.description()?;
        self.sign('$')?;
        let name = self.word()?;
        self.sign(':')?;
        let ty_at = self.token.at;
        let (ty, named_at) = self.ty()?;
        let default = if self.take('=')? { Some(self.value(true)?) } else { None };
        Ok(Variable { at, name, ty, ty_at, named_at, default, directives: self.directives(true)? })
    }

    fn ty(&mut self) -> Parsed<(Type, At)> {
        let (base, named_at) = if self.take('[')? {
            let (of, named_at) = self.ty()?;
            self.sign(']')?;
            (BaseType::List(Box::new(of)), named_at)
        } else {
            let name = self.word()?;
            (BaseType::Named(Name::new(name.text)), name.at)
        };
        Ok((Type { base, nullable: !self.take('!')? }, named_at))
    }

    fn selections(&mut self) -> Parsed<Selections<'t>> {
        let at = self.token.at;
        Ok(Selections { at, items: self.many('{', Self::selection, '}')? })
    }

    fn selection(&mut self) -> Parsed<Selection<'t>> {
        let at = self.token.at;
        if !self.is('.') {
            return self.field(at).map(Selection::Field);
        }
        self.advance()?;
        let has_condition = self.token.kind == TokenKind::Name("on");
        if !has_condition && matches!(self.token.kind, TokenKind::Name(_)) {
            let name = self.fragment_name()?;
            return Ok(Selection::Spread(Spread { at, name, directives: self.directives(false)? }));
        }
        let on = if has_condition {
            self.advance()?;
            Some(self.word()?)
        } else {
            None
        };
        let directives = self.directives(false)?;
        Ok(Selection::Inline(Inline { at, on, directives, selections: self.selections()? }))
    }

    fn field(&mut self, at: At) -> Parsed<Field<'t>> {
        let first = self.word()?;
        let (alias, name) = if self.take(':')? { (Some(first), self.word()?) } else { (None, first) };
        let arguments = self.arguments(false)?;
        let directives = self.directives(false)?;
        let selections = if self.is('{') { Some(self.selections()?) } else { None };
        Ok(Field { at, alias, name, arguments, directives, selections })
    }

    fn fragment(&mut self, at: At) -> Parsed<Fragment<'t>> {
        self.description()?;
        self.keyword("fragment")?;
        let name = self.fragment_name()?;
        self.keyword("on")?;
        let on = self.word()?;
        let directives = self.directives(false)?;
        Ok(Fragment { at, name, on, directives, selections: self.selections()? })
    }

    fn fragment_name(&mut self) -> Parsed<Word<'t>> {
        if self.token.kind == TokenKind::Name("on") {
            return Err(Self::unexpected(&self.token));
        }
        self.word()
    }

    fn arguments(&mut self, is_const: bool) -> Parsed<Vec<Argument<'t>>> {
        self.some('(', |parser| parser.argument(is_const), ')')
    }

    fn argument(&mut self, is_const: bool) -> Parsed<Argument<'t>> {
        let name = self.word()?;
        self.sign(':')?;
        Ok(Argument { name, value: self.value(is_const)? })
    }

    fn directives(&mut self, is_const: bool) -> Parsed<Vec<Directive<'t>>> {
        let mut directives = Vec::new();
        while self.is('@') {
            let at = self.advance()?.at;
            let name = self.word()?;
            directives.push(Directive { at, name, arguments: self.arguments(is_const)? });
        }
        Ok(directives)
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "whatever else stands there is refused alike")]
    fn value(&mut self, is_const: bool) -> Parsed<Literal<'t>> {
        let at = self.token.at;
        let kind = match &self.token.kind {
            TokenKind::Sign('[') => {
                self.advance()?;
                let mut items = Vec::new();
                while !self.take(']')? {
                    items.push(self.value(is_const)?);
                }
                return Ok(Literal { at, kind: Kind::List(items) });
            }
            TokenKind::Sign('{') => {
                self.advance()?;
                let mut fields = Vec::new();
                while !self.take('}')? {
                    fields.push(self.argument(is_const)?);
                }
                return Ok(Literal { at, kind: Kind::Object(fields) });
            }
            TokenKind::Sign('$') => {
                let dollar = self.advance()?;
                return match self.token.kind {
                    TokenKind::Name(name) if is_const => {
                        Err(Fault::syntax(at, format!("Unexpected variable \"${name}\" in constant value.")))
                    }
                    TokenKind::Name(_) => Ok(Literal { at, kind: Kind::Variable(self.word()?.text) }),
                    _ if is_const => Err(Self::unexpected(&dollar)),
                    _ => Err(self.expected("Name")),
                };
            }
            TokenKind::Int(text) => Kind::Int(text),
            TokenKind::Float(text) => Kind::Float(text),
            TokenKind::Text(text) => Kind::Text(text.clone(), false),
            TokenKind::Block(text) => Kind::Text(text.clone(), true),
            TokenKind::Name("true") => Kind::Boolean(true),
            TokenKind::Name("false") => Kind::Boolean(false),
            TokenKind::Name("null") => Kind::Null,
            TokenKind::Name(name) => Kind::Enum(name),
            TokenKind::Sign(_) | TokenKind::End => return Err(Self::unexpected(&self.token)),
        };
        self.advance()?;
        Ok(Literal { at, kind })
    }
}
