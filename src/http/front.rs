//! What stands before the routes: the body of a question is read here, and a request that was sent
//! before, byte for byte, is answered from the cache without being read again.

use std::convert::Infallible;
use std::error::Error;
use std::future::{Ready, ready};
use std::pin::Pin;
use std::time::Instant;

use axum::Router;
use axum::body::{Body, Bytes, HttpBody, to_bytes};
use axum::http::header::{CONNECTION, CONTENT_LENGTH, UPGRADE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, Request};
use axum::response::Response;
use futures_util::FutureExt;
use futures_util::future::Either;
use hyper::service::Service;
use hyper_util::service::TowerToHyperService;
use tracing::{Instrument, Level};

use super::observe::Observed;
use super::repeat::{Repeatable, Sent};
use super::{Limits, Shared, State, graphql, message, router, secure};
use crate::graphql::Progress;

/// The body of a question, or why there is none; left with the request for its route.
#[derive(Debug, Clone)]
pub(super) struct Read(pub(super) Result<Bytes, Unread>);

/// Why a body was not read to its end.
#[derive(Debug, Clone, Copy)]
pub(super) enum Unread {
    /// It is larger than bodies may be.
    TooLarge,
    /// It was cut off, or its chunks are malformed.
    Broken,
    /// It took too long.
    TooSlow,
}

/// The service as a connection sees it. Clones are of the same service.
#[derive(Clone)]
pub struct Front {
    state: State,
    routes: TowerToHyperService<Router>,
}

impl Front {
    /// All routes of the service, and what stands before them.
    pub fn new(state: State) -> Self {
        Self { routes: TowerToHyperService::new(router(state.clone())), state }
    }

    /// Answers a request.
    pub async fn answer<B>(&self, request: Request<B>) -> Response
    where
        B: HttpBody<Data = Bytes, Error: Into<axum::BoxError>> + Send + 'static,
    {
        let Ok(response) = self.call(request).await;
        response
    }

    /// What a request is known by, where it may be answered as one like it was. Those that are logged or
    /// traced go their whole way, and so do all once the service is to end, since they are told so.
    fn sent<B>(&self, request: &Request<B>) -> Option<Sent> {
        let is_plain = !request.headers().contains_key(UPGRADE);
        let is_wanted = self.state.repeats.is_kept() && is_question(request.uri().path(), request.method());
        (is_plain && is_wanted && !tracing::enabled!(Level::INFO) && self.state.life.is_ready())
            .then(|| Sent::new(request.method(), request.uri(), request.headers()))
    }

    /// The answer that is known to a request.
    fn repeat(&self, sent: &Sent, headers: &HeaderMap, began: Instant) -> Option<Response> {
        let State(shared) = &self.state;
        let Shared { repeats, answers, live, clock, .. } = &**shared;
        repeats.get(sent)?.response(live, clock.today(), answers, headers, began)
    }

    /// Goes the whole way, and keeps what can be repeated. The connection ends with the answer if a part of
    /// the body is left unread.
    fn route(&self, parts: Parts, body: Body, sent: Option<Sent>, is_left: bool, began: Instant) -> Progress<Response> {
        let method = parts.method.clone();
        let observed = Observed::new(&parts, began);
        let given = observed.span().in_scope(|| self.give(Request::from_parts(parts, body)));
        let given = match given {
            // Most of the time nobody watches.
            Progress::UnderWay(given) if !observed.span().is_disabled() => {
                Progress::UnderWay(given.instrument(observed.span().clone()).boxed())
            }
            Progress::UnderWay(_) | Progress::Done(_) => given,
        };
        let state = self.state.clone();
        given.map(move |mut response| {
            secure::protect_in(&state, &mut response);
            if is_left {
                response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
            }
            observed.end(&state, &response);
            if let (Some(sent), Some(repeatable)) = (sent, response.extensions_mut().remove::<Repeatable>()) {
                state.repeats.keep(sent, repeatable, &method, &response, &state.metrics);
            }
            response
        })
    }

    /// The answer of a route. That of the API is called as it is: what routing costs is more than it does.
    fn give(&self, request: Request<Body>) -> Progress<Response> {
        if request.uri().path() == graphql::ROUTE {
            let method = request.method().clone();
            return graphql::endpoint(&self.state, request).map(move |mut response| {
                message::bare(&method, &mut response);
                response
            });
        }
        Progress::UnderWay(self.routes.call(request).map(|Ok(response)| response).boxed())
    }

    async fn question<B>(self, request: Request<B>, sent: Option<Sent>, began: Instant) -> Response
    where
        B: HttpBody<Data = Bytes, Error: Into<axum::BoxError>> + Send + 'static,
    {
        let (mut parts, body) = request.into_parts();
        let body = read(Body::new(body), &parts.headers, &self.state.limits).await;
        let sent = sent.zip(body.as_ref().ok()).map(|(sent, body)| sent.with(body));
        if let Some(response) = sent.as_ref().and_then(|sent| self.repeat(sent, &parts.headers, began)) {
            return response;
        }
        let is_left = body.is_err();
        parts.extensions.insert(Read(body));
        self.route(parts, Body::empty(), sent, is_left, began).await
    }
}

impl<B> Service<Request<B>> for Front
where
    B: HttpBody<Data = Bytes, Error: Into<axum::BoxError>> + Send + 'static,
{
    type Response = Response;
    type Error = Infallible;
    type Future =
        Either<Ready<Result<Response, Infallible>>, Pin<Box<dyn Future<Output = Result<Response, Infallible>> + Send>>>;

    fn call(&self, request: Request<B>) -> Self::Future {
        let began = Instant::now();
        let sent = self.sent(&request);
        if request.method() == Method::POST {
            let front = self.clone();
            return Either::Right(Box::pin(async move { Ok(front.question(request, sent, began).await) }));
        }
        if let Some(response) = sent.as_ref().and_then(|sent| self.repeat(sent, request.headers(), began)) {
            return Either::Left(ready(Ok(response)));
        }
        let (parts, body) = request.into_parts();
        let is_left = !body.is_end_stream();
        match self.route(parts, Body::new(body), sent, is_left, began) {
            Progress::Done(response) => Either::Left(ready(Ok(response))),
            Progress::UnderWay(response) => Either::Right(response.map(Ok).boxed()),
        }
    }
}

/// Whether a request asks a question whose answers are kept.
fn is_question(path: &str, method: &Method) -> bool {
    match *method {
        Method::GET => path == graphql::ROUTE || path.starts_with("/q/"),
        Method::POST => path == graphql::ROUTE,
        _ => false,
    }
}

async fn read(body: Body, headers: &HeaderMap, limits: &Limits) -> Result<Bytes, Unread> {
    let most = limits.body_bytes;
    let announced = headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    if announced.is_some_and(|length| length > most as u64) {
        return Err(Unread::TooLarge);
    }
    match tokio::time::timeout(limits.body_time, to_bytes(body, most)).await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(error)) if is_of_line(&error) => Err(Unread::Broken),
        Ok(Err(_)) => Err(Unread::TooLarge),
        Err(_) => Err(Unread::TooSlow),
    }
}

/// Whether an error came from the line, and not from the limit of a body.
fn is_of_line(error: &(dyn Error + 'static)) -> bool {
    std::iter::successors(Some(error), |&error| error.source()).any(|error| error.is::<hyper::Error>())
}
