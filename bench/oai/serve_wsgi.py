# The HTTP around what a library of Python answers: a thread for each request, as the libraries bring none of their own.
import socketserver
from urllib.parse import parse_qsl
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server


class Server(socketserver.ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Quiet(WSGIRequestHandler):
    def log_message(self, *args):
        pass


def serve(answer):
    def application(environ, start):
        body = answer(dict(parse_qsl(environ["QUERY_STRING"])))
        start("200 OK", [("Content-Type", "text/xml; charset=utf-8"), ("Content-Length", str(len(body)))])
        return [body]

    server = make_server("127.0.0.1", 0, application, server_class=Server, handler_class=Quiet)
    print(f"http://127.0.0.1:{server.server_port}/oai?verb=ListRecords&metadataPrefix=oai_dc", flush=True)
    server.serve_forever()
