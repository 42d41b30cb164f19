//! How a service ends: balancers leave first, requests under way are finished, and it takes no longer
//! than it may.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use pactgraph::graphql::Api;
use pactgraph::http::{Limits, Phase, State};
use pactgraph::live::Live;

use crate::program::Program;
use crate::server::{PATIENCE, TestServer, example_graph, until};

/// Where a balancer sends requests: to one of those that said they were ready when last asked.
struct Balancer<'s> {
    servers: [&'s TestServer; 2],
    ready: [AtomicBool; 2],
    turn: AtomicUsize,
}

impl Balancer<'_> {
    fn look(&self) {
        for (server, ready) in self.servers.iter().zip(&self.ready) {
            let answer = ureq::get(server.url("/health/ready")).call();
            ready.store(answer.is_ok_and(|answer| answer.status() == 200), Ordering::Relaxed);
        }
    }

    fn choose(&self) -> Option<usize> {
        let turn = self.turn.fetch_add(1, Ordering::Relaxed);
        [turn % 2, (turn + 1) % 2].into_iter().find(|&at| self.ready[at].load(Ordering::Relaxed))
    }
}

/// Says that all is done once it is dropped, so that threads end where a wait is in vain too.
struct Done<'a>(&'a AtomicBool);

impl Drop for Done<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

#[test]
fn a_balancer_that_follows_ready_sees_no_request_fail() {
    // The grace ends when the balancer has looked: how long that takes depends on the machine.
    let limits = Limits { grace_time: 10 * PATIENCE, ..Limits::default() };
    let states = [0, 1].map(|_| State::within(limits.clone(), Api::default(), Live::new(example_graph())));
    let life = states[0].life().clone();
    let [first, second] = states.map(TestServer::with);
    let balancer = Balancer { servers: [&first, &second], ready: Default::default(), turn: AtomicUsize::default() };
    balancer.look();
    let done = AtomicBool::new(false);
    let served = [AtomicUsize::new(0), AtomicUsize::new(0)];
    let served_by = |at: usize| served[at].load(Ordering::Relaxed);
    let answered: [AtomicUsize; 4] = Default::default();
    thread::scope(|scope| {
        let _done = Done(&done);
        scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                balancer.look();
                thread::sleep(Duration::from_millis(20));
            }
        });
        for answered in &answered {
            scope.spawn(|| {
                // Keeps its connections, as balancers do.
                let agent = ureq::Agent::new_with_defaults();
                while !done.load(Ordering::Relaxed) {
                    let at = balancer.choose().expect("one of the two is ready");
                    let question = serde_json::json!({ "query": "{ canada { id } }" });
                    let mut answer =
                        agent.post(balancer.servers[at].url("/graphql")).send_json(question).expect("an answer");
                    let answer: serde_json::Value = answer.body_mut().read_json().expect("JSON");
                    assert_eq!(answer["data"]["canada"]["id"], "canada");
                    served[at].fetch_add(1, Ordering::Relaxed);
                    answered.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        let come = |what: &str, holds: &dyn Fn() -> bool| until(what, || holds().then_some(()));
        come("fifty answers of each", &|| served_by(0) >= 50 && served_by(1) >= 50);
        life.go_on_to(Phase::Leaving);
        come("the balancer's look", &|| !balancer.ready[0].load(Ordering::Relaxed));
        // What was sent before the look has been answered once each client has two answers more.
        let seen = answered.each_ref().map(|answered| answered.load(Ordering::Relaxed));
        let has_two_more = |(answered, seen): (&AtomicUsize, usize)| answered.load(Ordering::Relaxed) >= seen + 2;
        come("two answers more", &|| answered.iter().zip(seen).all(has_two_more));
        life.go_on_to(Phase::Ending);
        come("the end", &|| life.phase() == Phase::Over);
        let later = served_by(1) + 50;
        come("fifty answers more", &|| served_by(1) >= later);
    });
}

#[test]
fn the_grace_ends_by_itself() {
    let limits = Limits { grace_time: Duration::from_millis(50), ..Limits::default() };
    let state = State::within(limits, Api::default(), Live::new(example_graph()));
    let life = state.life().clone();
    let _server = TestServer::with(state);
    life.go_on_to(Phase::Leaving);
    until("the end", || (life.phase() == Phase::Over).then_some(()));
}

#[test]
fn a_service_that_leaves_still_answers_and_says_so() {
    let limits = Limits { grace_time: Duration::from_secs(600), ..Limits::default() };
    let state = State::within(limits, Api::default(), Live::new(example_graph()));
    let life = state.life().clone();
    let server = TestServer::with(state);
    assert_eq!(server.send("GET", "/health/ready", &[], "").status, 200);
    life.go_on_to(Phase::Leaving);
    let ready = server.send("GET", "/health/ready", &[], "");
    assert_eq!((ready.status, ready.header("connection"), &ready.json()["status"]), (503, "close", &"ending".into()));
    assert_eq!(server.send("GET", "/health/live", &[], "").status, 200);
    let answer = server.send("GET", "/graphql?query=%7B__typename%7D", &[], "");
    assert_eq!((answer.status, answer.header("connection")), (200, "close"));
}

/// A question of which the body was not sent to its end, and what is left of it.
fn half_asked(program: &Program) -> (TcpStream, &'static str) {
    let address = program.address("API").replace("http://", "").replace("/graphql", "");
    let (begun, left) = (r#"{"query": "{ canada "#, r#"{ id } }"}"#);
    let length = begun.len() + left.len();
    let mut stream = TcpStream::connect(address).expect("the service listens");
    stream.set_read_timeout(Some(Duration::from_secs(60))).expect("a time-out");
    let head = "POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nExpect: 100-continue\r\n";
    write!(stream, "{head}Content-Length: {length}\r\n\r\n").expect("the service reads");
    // The service says that it reads the body: from here on the request is under way.
    let mut go_on = [0; 25];
    stream.read_exact(&mut go_on).expect("100 Continue");
    stream.write_all(begun.as_bytes()).expect("the service reads");
    (stream, left)
}

#[test]
fn a_request_under_way_is_finished_before_the_end() {
    for signal in ["TERM", "INT"] {
        let mut program = Program::serve(&["--grace-time", "0s", "--drain-time", "10m"]);
        let (mut stream, left) = half_asked(&program);
        program.signal(signal);
        until("no new connections", || ureq::get(program.url("/health/live")).call().err());
        stream.write_all(left.as_bytes()).expect("the service reads on");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer, and the end");
        assert!(answer.contains("200 OK") && answer.contains("\"canada\""), "{signal}: {answer}");
        assert_eq!(program.wait().code(), Some(0), "{signal}: {}", program.log());
    }
}

#[test]
fn the_end_does_not_wait_for_ever() {
    let mut program = Program::serve(&["--grace-time", "0s", "--drain-time", "100ms", "--body-time", "10m"]);
    let (_stream, _) = half_asked(&program);
    program.signal("TERM");
    assert_eq!(program.wait().code(), Some(0), "{}", program.log());
    assert!(program.log().contains("requests under way were cut off"), "{}", program.log());
}

#[test]
fn who_signals_again_is_in_a_hurry() {
    let mut program = Program::serve(&["--grace-time", "1h", "--drain-time", "1h", "--body-time", "1h"]);
    let (_stream, _) = half_asked(&program);
    program.signal("TERM");
    let ready = program.url("/health/ready");
    until("a refusal", || ureq::get(&ready).call().err());
    assert!(ureq::get(program.url("/health/live")).call().is_ok(), "in its grace it serves");
    program.signal("TERM");
    until("no new connections", || ureq::get(program.url("/health/live")).call().err());
    program.signal("TERM");
    assert_eq!(program.wait().code(), Some(0), "{}", program.log());
}
