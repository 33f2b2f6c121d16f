#!/usr/bin/env python3
"""Writes text files into a C source, so that the binary needs nothing beside it.

usage: embed.py OUTPUT HEADER SYMBOL FILE...

HEADER declares `struct ct_embedded_file` and `extern const struct ct_embedded_file SYMBOL[]`,
which ends with an entry whose name is NULL.
"""
import os
import sys


def literal(data: bytes) -> str:
    """The bytes as C string literals, one source line per text line."""
    lines = []
    for line in data.splitlines(keepends=True):
        text = ""
        for byte in line:
            char = chr(byte)
            if char == "\n":
                text += "\\n"
            elif char in '"\\':
                text += "\\" + char
            elif char == "?" or not 32 <= byte < 127:
                text += f"\\{byte:03o}"
            else:
                text += char
        lines.append(f'    "{text}"')
    return "\n".join(lines) or '    ""'


def main() -> None:
    output, header, symbol, *paths = sys.argv[1:]
    out = [f'/* Written by tools/embed.py. */\n#include "{header}"\n']
    out.append(f"const struct ct_embedded_file {symbol}[] = {{")
    for path in paths:
        with open(path, "rb") as file:
            data = file.read()
        out.append(f'    {{ "{os.path.basename(path)}", {len(data)},\n{literal(data)} }},')
    out.append("    { 0, 0, 0 },\n};")
    with open(output, "w", encoding="ascii") as file:
        file.write("\n".join(out) + "\n")


if __name__ == "__main__":
    main()
