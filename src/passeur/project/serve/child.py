"""What a child of `passeur serve` runs: `python -m passeur.project.serve.child web|worker …`."""

import argparse

from passeur.project.serve.lifeline import end_with_pipe


def main() -> None:
    """Read what to be from the command line, and be it."""
    parser = argparse.ArgumentParser()
    kinds = parser.add_subparsers(dest="kind", required=True)
    web = kinds.add_parser("web")
    web.add_argument("--host", required=True)
    web.add_argument("--port", type=int, required=True)
    web.add_argument("--processes", type=int, required=True)
    web.add_argument("--threads", type=int, required=True)
    worker = kinds.add_parser("worker")
    worker.add_argument("--concurrency", type=int, required=True)
    given = parser.parse_args()
    end_with_pipe()
    if given.kind == "web":
        from passeur.project.serve.web import serve

        serve(host=given.host, port=given.port, processes=given.processes, threads=given.threads)
        return
    from passeur.project.cli import setting
    from passeur.project.serve.work import work

    setting.django()
    work(concurrency=given.concurrency)


if __name__ == "__main__":
    main()
