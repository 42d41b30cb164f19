//! Equal subscriptions, worked out once for all who listen.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures_util::FutureExt;
use futures_util::stream::{BoxStream, StreamExt, unfold};
use tokio::sync::broadcast::{Receiver, Sender, error::RecvError};

use super::answer::Answer;

/// Answers that a listener may fall behind before it is told so.
const ANSWERS: usize = 16;

/// What the answers to a subscription depend on: equal ones get equal answers.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Topic {
    pub(super) document: [u8; 32],
    pub(super) operation: Option<String>,
    pub(super) variables: String,
    pub(super) language: &'static str,
    /// The address of the data that are followed.
    pub(super) live: usize,
}

/// The subscriptions that somebody listens to.
#[derive(Debug, Default)]
pub(super) struct Shared(Mutex<HashMap<Topic, Sender<Answer>>>);

impl Shared {
    /// The answers to a subscription from now on. `answers` is asked for them only where nobody listens to an
    /// equal one yet. Needs a tokio runtime.
    pub(super) fn listen(
        self: &Arc<Self>,
        topic: Topic,
        answers: impl FnOnce() -> BoxStream<'static, Answer>,
    ) -> BoxStream<'static, Answer> {
        let mut topics = self.lock();
        let receiver = match topics.get(&topic) {
            Some(sender) => sender.subscribe(),
            None => {
                let sender = Sender::new(ANSWERS);
                let receiver = sender.subscribe();
                topics.insert(topic.clone(), sender.clone());
                let mut answers = answers();
                // Asked at once, so that nothing is missed that happens before the task begins.
                let first = answers.next().now_or_never();
                tokio::spawn(self.clone().work_out(topic, sender, first, answers));
                receiver
            }
        };
        drop(topics);
        unfold(Some(receiver), next).boxed()
    }

    /// How many different subscriptions there are.
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.lock().len()
    }

    async fn work_out(
        self: Arc<Self>,
        topic: Topic,
        sender: Sender<Answer>,
        mut first: Option<Option<Answer>>,
        mut answers: BoxStream<'static, Answer>,
    ) {
        loop {
            let next = async {
                match first.take() {
                    Some(answer) => answer,
                    None => answers.next().await,
                }
            };
            tokio::select! {
                answer = next => match answer {
                    // They may all have gone since.
                    Some(answer) => drop(sender.send(answer)),
                    None => {
                        self.lock().remove(&topic);
                        return;
                    }
                },
                () = sender.closed() => {
                    let mut topics = self.lock();
                    // Nobody can come in between: they subscribe while they hold the topics.
                    if sender.receiver_count() == 0 {
                        topics.remove(&topic);
                        return;
                    }
                }
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Topic, Sender<Answer>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn next(receiver: Option<Receiver<Answer>>) -> Option<(Answer, Option<Receiver<Answer>>)> {
    let mut receiver = receiver?;
    match receiver.recv().await {
        Ok(answer) => Some((answer, Some(receiver))),
        Err(RecvError::Closed) => None,
        Err(RecvError::Lagged(missed)) => Some((Answer::too_slow(missed), None)),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    fn topic(language: &'static str) -> Topic {
        Topic { document: [0; 32], operation: None, variables: "{}".into(), language, live: 0 }
    }

    #[tokio::test]
    async fn equal_subscriptions_are_worked_out_once_and_forgotten_when_nobody_listens() {
        let (shared, begun) = (Arc::new(Shared::default()), Arc::new(AtomicUsize::new(0)));
        let source = Sender::<()>::new(16);
        let listen = |language| {
            let (begun, source) = (begun.clone(), source.clone());
            shared.listen(topic(language), move || {
                begun.fetch_add(1, Ordering::Relaxed);
                let each =
                    |mut source: Receiver<()>| async { source.recv().await.ok().map(|()| (Answer::failed(), source)) };
                unfold(source.subscribe(), each).boxed()
            })
        };
        let mut listeners: Vec<_> = (0..1_000).map(|_| listen("en")).collect();
        listeners.push(listen("fr"));
        assert_eq!((begun.load(Ordering::Relaxed), shared.len()), (2, 2));
        source.send(()).expect("two listen");
        for listener in &mut listeners {
            assert!(listener.next().await.is_some());
        }
        drop(listeners);
        while shared.len() > 0 {
            tokio::task::yield_now().await;
        }
    }

    #[tokio::test]
    async fn a_slow_listener_is_told_that_it_missed_something() {
        let (shared, many) = (Arc::new(Shared::default()), 3 * ANSWERS);
        let mut answers =
            shared.listen(topic("en"), || futures_util::stream::iter((0..many).map(|_| Answer::failed())).boxed());
        while shared.len() > 0 {
            tokio::task::yield_now().await;
        }
        let first = answers.next().await.expect("an answer");
        assert_eq!(first.codes(), ["TOO_SLOW"]);
        assert!(answers.next().await.is_none());
    }
}
