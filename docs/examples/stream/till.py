#!/usr/bin/env python3
"""Sends requests to a stock stream, and asks again after a cut until each has its answer.

usage: till.py (--socket PATH | COMMAND...) < requests.jsonl > answers.jsonl

The requests are lines such as {"op":"remove","request_id":"o-1","item_id":101,"quantity":2}. Each
that moves stock has a request id, so sending it again makes it once. The answers are in the order of
the requests, without the line numbers, which differ from try to try.
"""
import json
import socket
import subprocess
import sys
import threading
import time


def connect(arguments):
    """Returns a file to write requests to, one to read answers from, and how to end."""
    if arguments[0] == "--socket":
        connection = socket.socket(socket.AF_UNIX)
        connection.connect(arguments[1])

        def end():
            connection.shutdown(socket.SHUT_WR)

        return connection.makefile("wb"), connection.makefile("rb"), end
    process = subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    return process.stdin, process.stdout, lambda: None


def send(requests, file, end):
    try:
        for request in requests:
            file.write(json.dumps(request).encode() + b"\n")
        file.close()
        end()
    except OSError:
        pass  # The stream is gone; the reader sees the end of the answers.


def is_final(answer):
    """Whether asking again would bring no other answer: all but what a failure left open."""
    return "error" not in answer or answer["status"] == 2


def ask(requests, arguments):
    """Returns the answers that came, by the place of the request."""
    try:
        file, answers, end = connect(arguments)
    except OSError:
        return {}
    # Beside the reading: a stream stops to read when its answers are not read.
    threading.Thread(target=send, args=(requests, file, end), daemon=True).start()
    found = {}
    try:
        for text in answers:
            if not text.endswith(b"\n"):
                break  # Cut within an answer.
            answer = json.loads(text)
            if "line" in answer:
                found[answer.pop("line") - 1] = answer
    except OSError:
        pass  # Cut between two answers.
    return found


def main(arguments):
    requests = [json.loads(line) for line in sys.stdin]
    final = {}
    for pause in (0, 1, 2, 5, 10, 30):
        time.sleep(pause)
        open_places = [place for place in range(len(requests)) if place not in final]
        found = ask([requests[place] for place in open_places], arguments)
        for place, answer in found.items():
            if is_final(answer):
                final[open_places[place]] = answer
        if len(final) == len(requests):
            break
    for place in range(len(requests)):
        print(json.dumps(final.get(place, {"error": "no_answer"})))
    return 0 if len(final) == len(requests) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
