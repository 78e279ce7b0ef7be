#!/usr/bin/env python3
"""A flash sale: many clients at the socket of a stock stream buy one item until it is sold out.

usage: flash_sale.py SOCKET ITEM_ID CLIENTS NAME

Each client waits for its answer before it buys again. After a cut it connects again and asks again
with the same request id, so no unit is sold twice. Prints how many units were sold. NAME is a part of
the request ids: another sale needs another one.
"""
import json
import socket
import sys
import threading
import time

sold = []


def buy(path, item_id, client, name):
    connection = None
    number = 0
    while True:
        request = {
            "op": "remove",
            "request_id": f"{name}-{client}-{number}",
            "item_id": item_id,
            "quantity": 1,
        }
        try:
            if connection is None:
                connection = socket.socket(socket.AF_UNIX)
                connection.connect(path)
                answers = connection.makefile("rb")
            connection.sendall(json.dumps(request).encode() + b"\n")
            text = answers.readline()
            if not text.endswith(b"\n"):
                raise OSError("cut")
        except OSError:
            connection = None
            time.sleep(0.2)
            continue  # The same request again.
        answer = json.loads(text)
        if answer.get("ok"):
            sold.append(request["request_id"])
            number += 1
        elif answer.get("reason") == "insufficient_stock":
            return
        elif answer.get("status") == 2 or "reason" in answer:
            raise SystemExit(text)
        # Any other failure: the same request again.


def main(path, item_id, clients, name):
    threads = [
        threading.Thread(target=buy, args=(path, int(item_id), client, name))
        for client in range(int(clients))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(f"Sold {len(sold)} units to {clients} clients.")


if __name__ == "__main__":
    main(*sys.argv[1:])
