"""Asks a running service everything its OpenAPI description says can be asked, well and badly.

Usage: smoke.py http://127.0.0.1:8080

The description is judged by openapi-spec-validator; then every operation must answer with a media type
it announces, answer 304 when asked again with its tag, and refuse what the description does not allow
with a problem that fits the schema of problems.
"""

import json
import sys
import urllib.error
import urllib.parse
import urllib.request

import jsonschema
from openapi_spec_validator import validate

service = sys.argv[1]


def get(path, parameters=(), headers=None):
    """Status, headers and body, whatever the status."""
    query = urllib.parse.urlencode(list(parameters))
    request = urllib.request.Request(f"{service}{path}{'?' if query else ''}{query}", headers=headers or {})
    try:
        with urllib.request.urlopen(request) as response:
            return response.status, response.headers, response.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


def refused(path, parameters, statuses=(400, 404)):
    status, headers, body = get(path, parameters)
    assert status in statuses, f"{path} {parameters}: {status}"
    assert headers["Content-Type"] == "application/problem+json", path
    problem = json.loads(body)
    jsonschema.validate(problem, description["components"]["schemas"]["Problem"])
    assert problem["status"] == status, path


def schema_of(parameter):
    return parameter["schema"] if "schema" in parameter else parameter["content"]["application/json"]["schema"]


SAMPLES = {"around": "canada", "date": "2023", "id": "ceta"}
description = json.loads(get("/openapi.json")[2])
validate(description)
asked = 0
for template, item in description["paths"].items():
    operation = item["get"]
    given = {of: [p for p in operation["parameters"] if p["in"] == of] for of in ("path", "query")}
    required = [(p["name"], SAMPLES[p["name"]]) for p in given["query"] if p.get("required")]
    paths = [template]
    for parameter in given["path"]:
        place = "{" + parameter["name"] + "}"
        values = parameter["schema"].get("enum", [SAMPLES.get(parameter["name"])])
        paths = [template.replace(place, value) for value in values]
        refused(template.replace(place, "nothing-like-it"), required)
    content = operation["responses"]["200"]["content"]
    for path in paths:
        status, headers, body = get(path, required)
        media = headers["Content-Type"].split(";")[0]
        assert status == 200 and media in content and body, f"{path}: {status} {media} {body[:300]}"
        if media == "application/json":
            jsonschema.validate(json.loads(body), content[media]["schema"])
        again = get(path, required, {"If-None-Match": headers["ETag"]})
        assert again[0] == 304 and not again[2], f"{path}: {again[0]}"
        asked += 1
    if template in ("/q", "/export"):
        continue
    refused(paths[0], [*required, ("no-such-parameter", "1")])
    for parameter in given["query"]:
        if parameter.get("required"):
            refused(paths[0], [pair for pair in required if pair[0] != parameter["name"]])
        schema = schema_of(parameter)
        if schema["type"] in ("integer", "number", "boolean", "object") or "enum" in schema or "pattern" in schema:
            refused(paths[0], [*[p for p in required if p[0] != parameter["name"]], (parameter["name"], "{nonsense")])
print(f"{asked} addresses of {len(description['paths'])} paths answer as described")
