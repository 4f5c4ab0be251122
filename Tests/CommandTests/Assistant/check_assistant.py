"""Uses `seedbank mcp` through the client library of the Model Context Protocol.

usage: check_assistant.py SEEDBANK

The library has two generations: 1 with the prompt "a lighthouse", 2 with "a harbour". Prints one line for
each call whose answer the caller compares.
"""

import asyncio
import contextlib
import json
import os
import sys

from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import get_default_environment, stdio_client


@contextlib.asynccontextmanager
async def session_with(*arguments):
    environment = get_default_environment() | {"SEEDBANK_LIBRARY": os.environ["SEEDBANK_LIBRARY"]}
    server = StdioServerParameters(command=sys.argv[1], args=["mcp", *arguments], env=environment)
    async with stdio_client(server) as (reader, writer), ClientSession(reader, writer) as session:
        await session.initialize()
        yield session


async def call(session, tool, arguments):
    """Returns the text of the answer and whether it is an error, with the field names of old and new clients."""
    answer = (await session.call_tool(tool, arguments)).model_dump(by_alias=True)
    return answer["content"][0]["text"], answer["isError"]


async def names(session):
    return sorted(tool.name for tool in (await session.list_tools()).tools)


async def main():
    async with session_with() as session:
        print("tools", *await names(session))
        found = json.loads((await call(session, "search", {"query": "lighthouse"}))[0])
        print("search", *[generation["id"] for generation in found["generations"]])
        print("show", json.loads((await call(session, "show", {"id": 2}))[0])["prompt"])
        print("facets", json.loads((await call(session, "facets", {"query": ""}))[0])["count"])
        print("refused", (await call(session, "search", {"query": "rating:9"}))[1])
    async with session_with("--allow-edits") as session:
        print("tools", *await names(session))
        edit = {"ids": [1], "edit": {"rating": 4}}
        print("edit", json.loads((await call(session, "edit", edit))[0])["count"])
        print("undo", json.loads((await call(session, "undo", {}))[0])["count"])


asyncio.run(main())
