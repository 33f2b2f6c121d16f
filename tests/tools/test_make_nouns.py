"""tools/make-nouns.py writes the same bytes whatever Python's hashes are, and refuses bad rows.

usage: test_make_nouns.py MAKE_NOUNS OBJECTS_DEF SENSES_DEF EMOJI_DEF WORDNET EMOJI_TEST
"""
import os
import subprocess
import sys
import tempfile


def run(hash_seed, output, args):
    return subprocess.run([sys.executable, args[0], output, *args[1:]], capture_output=True,
                          text=True, check=False, env={**os.environ, "PYTHONHASHSEED": hash_seed})


def main():
    args = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        tables = []
        for seed in "1", "2":
            path = os.path.join(folder, seed)
            assert run(seed, path, args).returncode == 0
            with open(path, "rb") as file:
                tables.append(file.read())
        assert tables[0] == tables[1] and len(tables[0]) > 4000
        bad = os.path.join(folder, "bad.def")
        with open(bad, "w", encoding="ascii") as file:
            file.write('CT_SENSE(mug, "mug", 99)\n')
        refused = run("1", os.path.join(folder, "3"), [*args[:2], bad, *args[3:]])
        assert refused.returncode != 0 and "no sense 99" in refused.stderr, refused.stderr


if __name__ == "__main__":
    main()
