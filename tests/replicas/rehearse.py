"""Three replicas of one release behind a real load balancer, fed from a real S3 protocol server.

    rehearse.py PACTGRAPH OLD.pack NEW.pack

Readers ask without a pause while the release changes, the store goes away, a corrupted pack is
uploaded and a replica is killed. No request may fail, no walk through pages may meet two releases
without being told, and no replica may say that it is ready before it has a verified pack. Prints a log;
ends with 1 if any of this is broken.
"""

import http.client
import json
import os
import pathlib
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

import boto3
from botocore.config import Config

BUCKET, KEY, POLL = "releases", "world.pack", 1
BEGUN = time.monotonic()
PROCESSES = []


def log(text):
    print(f"{time.monotonic() - BEGUN:7.2f} s  {text}", flush=True)


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def start(command, name, folder, **environment):
    output = open(folder / f"{name}.log", "ab")
    process = subprocess.Popen(
        command, stdout=output, stderr=output, env={**os.environ, **environment}, cwd=folder
    )
    PROCESSES.append(process)
    return process


def stop(process, how=signal.SIGTERM):
    process.send_signal(how)
    process.wait(timeout=120)


def until(what, condition, seconds=120):
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        if condition():
            return
        time.sleep(0.05)
    raise SystemExit(f"waited {seconds} s in vain until {what}")


def get(port, path, body=None, timeout=120):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    try:
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        connection.request("POST" if body else "GET", path, body and json.dumps(body), headers)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def status(port, path):
    try:
        return get(port, path)[0]
    except OSError:
        return None


def digest(port):
    try:
        return json.loads(get(port, "/health")[1])["digest"]
    except (OSError, ValueError, KeyError):
        return None


def health(port):
    return json.loads(get(port, "/health")[1])["status"]


class Store:
    """moto's S3 server on a port of its own; it forgets all when it is stopped."""

    def __init__(self, folder):
        self.folder, self.port, self.process = folder, free_port(), None

    def start(self):
        self.process = start([sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(self.port)], "store", self.folder)
        until("the store answers", lambda: status(self.port, "/moto-api/") is not None)
        self.s3 = boto3.client(
            "s3",
            endpoint_url=f"http://127.0.0.1:{self.port}",
            region_name="us-east-1",
            aws_access_key_id="key",
            aws_secret_access_key="secret",
            config=Config(retries={"max_attempts": 5}),
        )
        self.s3.create_bucket(Bucket=BUCKET)

    def put(self, data):
        self.s3.put_object(Bucket=BUCKET, Key=KEY, Body=data)

    def stop(self):
        stop(self.process)


class Replica:
    def __init__(self, program, folder, number, store):
        self.name = f"replica-{number}"
        self.port, self.folder, self.program, self.store = free_port(), folder, program, store
        self.process = None

    def start(self):
        cache = self.folder / f"{self.name}-cache"
        self.process = start(
            [self.program, "serve", "--listen", f"127.0.0.1:{self.port}", "--data", f"s3://{BUCKET}/{KEY}",
             "--poll", str(POLL), "--cache-dir", str(cache)],
            self.name,
            self.folder,
            AWS_ACCESS_KEY_ID="key",
            AWS_SECRET_ACCESS_KEY="secret",
            AWS_REGION="us-east-1",
            AWS_ENDPOINT=f"http://127.0.0.1:{self.store.port}",
            AWS_ALLOW_HTTP="true",
        )


def balancer(folder, replicas):
    """HAProxy. It can only send a request to another replica once it holds the whole of it, body
    included: that is what http-buffer-request is for."""
    port, statistics = free_port(), free_port()
    servers = "\n".join(
        f"    server {r.name} 127.0.0.1:{r.port} check inter 200 fastinter 100 fall 2 rise 1"
        for r in replicas
    )
    (folder / "haproxy.cfg").write_text(f"""
global
    maxconn 2000
defaults
    mode http
    timeout connect 20s
    timeout client 120s
    timeout server 120s
    timeout check 20s
    retries 5
    option redispatch 1
    option http-buffer-request
    retry-on all-retryable-errors
frontend all
    bind 127.0.0.1:{port}
    default_backend replicas
listen statistics
    bind 127.0.0.1:{statistics}
    stats enable
    stats uri /
backend replicas
    balance roundrobin
    option httpchk GET /health/ready
{servers}
""")
    start(["haproxy", "-f", str(folder / "haproxy.cfg")], "haproxy", folder)

    def all_up():
        try:
            lines = get(statistics, "/;csv")[1].decode().splitlines()
        except OSError:
            return False
        states = [line.split(",")[17] for line in lines if line.startswith("replicas,replica-")]
        return len(states) == len(replicas) and all(state == "UP" for state in states)

    return port, all_up


class Readers:
    """Whoever asks: some one thing each, some page after page."""

    def __init__(self, port, count):
        self.port, self.count = port, count
        self.sent = self.answered = self.failed = self.walks = self.told = self.mixed = 0
        # While it is one release that all replicas serve: that release, and how often this began or ended.
        self.stable, self.turns = None, 0
        self.seen, self.faults = [], []
        self.lock, self.done, self.threads = threading.Lock(), threading.Event(), []

    def start(self):
        for number in range(self.count):
            work = self.walk if number % 2 else self.ask
            thread = threading.Thread(target=self.run, args=(work,), daemon=True)
            self.threads.append(thread)
            thread.start()

    def run(self, work):
        while not self.done.is_set():
            try:
                work()
            except Exception as fault:  # whatever it is, it is a failed request
                with self.lock:
                    self.failed += 1
                    self.faults.append(repr(fault))

    def stop(self):
        self.done.set()
        for thread in self.threads:
            thread.join(timeout=120)

    def expect(self, release):
        """From here on every request is to see this release; with None, one or another."""
        with self.lock:
            self.stable = release and release[:8]
            self.turns += 1

    def read_on(self, what, requests=200, walks=4):
        """Waits until so much more was asked, and answered."""
        with self.lock:
            answered, walked = self.answered + requests, self.walks + walks
        until(f"readers read on {what}", lambda: self.answered >= answered and self.walks >= walked)

    def question(self, document, variables=None):
        with self.lock:
            self.sent += 1
            stable, turn = self.stable, self.turns
        code, body = get(self.port, "/graphql", {"query": document, "variables": variables or {}})
        if code != 200:
            raise RuntimeError(f"status {code} at {time.monotonic() - BEGUN:.2f} s: {body[:200]}")
        answer = json.loads(body)
        release = answer["data"]["release"]["digest"][:8] if answer.get("data") else None
        with self.lock:
            self.answered += 1
            if release and release not in self.seen:
                self.seen.append(release)
            if release and stable and turn == self.turns and release != stable:
                raise RuntimeError(f"{release} is served at {time.monotonic() - BEGUN:.2f} s, after all had {stable}")
        return answer

    def ask(self):
        answer = self.question("{ release { digest } canada { id name } agreements(first: 3) { totalCount nodes { id } } }")
        if "errors" in answer:
            raise RuntimeError(f"errors: {answer['errors']}")

    def walk(self):
        after, releases = None, set()
        document = """query($after: String) { release { digest }
            sources(first: 20, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }"""
        while True:
            answer = self.question(document, {"after": after})
            if "errors" in answer:
                codes = [fault["extensions"].get("code") for fault in answer["errors"]]
                if codes != ["RELEASE_CHANGED"]:
                    raise RuntimeError(f"errors: {answer['errors']}")
                with self.lock:
                    self.told += 1
                return
            releases.add(answer["data"]["release"]["digest"][:8])
            info = answer["data"]["sources"]["pageInfo"]
            if not info["hasNextPage"]:
                break
            after = info["endCursor"]
        with self.lock:
            self.walks += 1
            self.mixed += len(releases) > 1


def rehearse(program, old, new, folder):
    old, new = pathlib.Path(old).read_bytes(), pathlib.Path(new).read_bytes()
    store = Store(folder)
    replicas = [Replica(program, folder, number, store) for number in (1, 2, 3)]

    # The store is not there yet: the replicas run, and say that they are not ready.
    replicas[0].start()
    until("a replica lives", lambda: status(replicas[0].port, "/health/live") == 200)
    assert status(replicas[0].port, "/health/ready") == 503, "ready without a pack"
    assert status(replicas[0].port, "/graphql?query=%7Bcanada%7Bid%7D%7D") == 503, "an answer without a pack"
    log("store away: a new replica lives, is not ready, and answers 503")

    store.start()
    store.put(old)
    for replica in replicas[1:]:
        replica.start()
    for replica in replicas:
        until(f"{replica.name} is ready", lambda: status(replica.port, "/health/ready") == 200)
    first = digest(replicas[0].port)
    assert first and all(digest(replica.port) == first for replica in replicas)
    log(f"three replicas ready with release {first[:8]}")

    port, all_up = balancer(folder, replicas)
    until("the balancer has all replicas", all_up)
    readers = Readers(port, 8)
    readers.expect(first)
    readers.start()
    readers.read_on("of the first release")

    def all_serve(wanted):
        return all(digest(replica.port) == wanted for replica in replicas)

    readers.expect(None)
    store.put(new)
    log("new release uploaded")
    until("all replicas serve another release", lambda: all(digest(r.port) not in (None, first) for r in replicas))
    second = digest(replicas[0].port)
    until("all replicas serve the same", lambda: all_serve(second))
    log(f"all replicas serve release {second[:8]}")
    readers.expect(second)
    readers.read_on("of the second release")

    store.put(old[: len(old) // 2])
    until(
        "every replica refuses it",
        lambda: all(health(r.port) == "degraded" for r in replicas),
    )
    assert all_serve(second)
    log("corrupted pack uploaded: refused by all, the release before it stays")
    store.put(new)
    until(
        "every replica is well",
        lambda: all(health(r.port) == "ok" for r in replicas),
    )

    store.stop()
    until("every replica has missed the store", lambda: all(health(r.port) == "degraded" for r in replicas))
    assert all_serve(second)
    # As in any change of replicas, one at a time: the balancer must have all of the others.
    until("the balancer has all replicas", all_up)
    stop(replicas[1].process)
    replicas[1].start()
    until(f"{replicas[1].name} is ready", lambda: status(replicas[1].port, "/health/ready") == 200)
    assert all_serve(second)
    log("store down: all go on, and a replica starts from its disk")

    until("the balancer has all replicas", all_up)
    stop(replicas[2].process, signal.SIGKILL)
    log("a replica killed")
    readers.read_on("of two replicas")
    replicas[2].start()
    until(f"{replicas[2].name} is ready", lambda: status(replicas[2].port, "/health/ready") == 200)

    readers.expect(None)
    store.start()
    store.put(old)
    until("all replicas go back", lambda: all_serve(first))
    log(f"store back, with the older release: all replicas serve {first[:8]}")
    readers.expect(first)
    readers.read_on("of the first release again")
    readers.stop()

    log(f"requests sent {readers.sent}, failed {readers.failed}")
    log(f"walks to the end {readers.walks}, told of another release {readers.told}, mixed unnoticed {readers.mixed}")
    log("releases seen: " + ", ".join(readers.seen))
    for fault in readers.faults[:10]:
        log(f"failed: {fault}")
    assert readers.seen == [first[:8], second[:8]], readers.seen
    return readers.failed == 0 and readers.mixed == 0


def main():
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        try:
            good = rehearse(*sys.argv[1:4], folder)
        except BaseException:
            for file in sorted(folder.glob("*.log")):
                print(f"--- {file.name}\n" + "\n".join(file.read_text(errors="replace").splitlines()[-25:]))
            raise
        finally:
            for process in PROCESSES:
                if process.poll() is None:
                    process.kill()
                    process.wait()
    sys.exit(0 if good else 1)


main()
