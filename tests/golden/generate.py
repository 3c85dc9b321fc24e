#!/usr/bin/env python3
"""Writes the golden numbers of the parity tests with PyTorch (see ../README.md).

  python3 generate.py            writes every file that differs
  python3 generate.py losses mlp writes only these

A table `cases/T.cases` (the DLM side, one case a line) goes with `cases/T.safetensors` (written from TABLES, same case
names); a model file `cases/M.dlm` goes with `cases/M.safetensors` (written from MODELS). Both dictionaries are those of all
files in rows/, which use what making.py offers; so are METADATA of tables and TEXTS, files of lines by their names. Keys:

  [CASE/]param.PATH       parameters before the call            [CASE/]input.NAME  arguments of the functions
  [CASE/]buffer.PATH      buffers before the call
  [CASE/]MODE.out.FN.RESULT, MODE.grad.FN.PATH, MODE.buffer.FN.PATH   what must come out; MODE is eval or train
  steps.K.PATH            parameters after the K-th training run, described in the file's metadata

  [CASE/]shape.NAME       the shape of an argument that is computed as Filled.java does

A key that ends in @S holds every S-th element only. Parameters that are missing are filled by `hashed`.
"""
import importlib
import json
import os
import sys
import zlib

import torch

FOLDER = os.path.dirname(os.path.abspath(__file__))
HERE = os.path.join(FOLDER, "cases")
torch.set_num_threads(1)
torch.use_deterministic_algorithms(True)


# ---------------------------------------------------------------- writing

def safetensors(tensors, metadata):
    """The bytes of the file, always in the same order: the format's own library shuffles the metadata."""
    header, parts, at = {"__metadata__": dict(sorted(metadata.items()))}, [], 0
    for key, value in tensors.items():
        data = value.numpy().astype("<i4" if value.dtype == torch.int32 else "<f4").tobytes()
        dtype = "I32" if value.dtype == torch.int32 else "F32"
        header[key] = {"dtype": dtype, "shape": list(value.shape), "data_offsets": [at, at + len(data)]}
        parts.append(data)
        at += len(data)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    return len(text).to_bytes(8, "little") + text + b"".join(parts)


def write(name, tensors, metadata):
    path = os.path.join(HERE, name + ".safetensors")
    fresh = safetensors(tensors, dict(metadata, torch=torch.__version__.split("+")[0]))
    old = open(path, "rb").read() if os.path.exists(path) else None
    if fresh != old:
        with open(path, "wb") as f:
            f.write(fresh)
    print(f"{name}: {len(tensors)} tensors, {len(fresh)} bytes" + ("" if fresh != old else ", unchanged"))


def putter(tensors, prefix):
    def put(key, value, every=1):
        value = value.detach().clone().contiguous()
        if every > 1 and value.numel() > 4 * every:
            key, value = f"{key}@{every}", value.flatten()[::every].contiguous()
        tensors[prefix + key] = value
    return put


def seed(text):
    torch.manual_seed(zlib.crc32(text.encode()))


def case_names(table):
    """The DLM side decides which rows there are: a row of TABLES without a line in the file is left out."""
    with open(os.path.join(HERE, table + ".cases")) as f:
        lines = [line.split(None, 2) for line in f if line.strip() and not line.startswith("//")]
    return [words[1] for words in lines]


def collect(name):
    """A dictionary that files in rows/ have: all of it, in the order of the files' names."""
    everything = {}
    for file in sorted(os.listdir(os.path.join(FOLDER, "rows"))):
        if file.endswith(".py"):
            some = getattr(importlib.import_module("rows." + file[:-3]), name, {})
            assert not everything.keys() & some.keys(), f"two files in rows/ write {everything.keys() & some.keys()}"
            everything.update(some)
    return everything


def main(wanted):
    for table, rows in collect("TABLES").items():
        if wanted and table not in wanted or not os.path.exists(os.path.join(HERE, table + ".cases")):
            continue
        tensors = {}
        for name in case_names(table):
            seed(table + "/" + name)
            rows[name](putter(tensors, name + "/"))
        write(table, tensors, collect("METADATA").get(table, {}))
    for name, model in collect("MODELS").items():
        if wanted and name not in wanted:
            continue
        tensors, metadata = {}, {}
        seed(name)
        model.record(putter(tensors, ""), metadata)
        write(name, tensors, metadata)
    for name, lines in collect("TEXTS").items():
        if not wanted or name in wanted:
            with open(os.path.join(FOLDER, name + ".txt"), "w") as f:
                f.writelines(line + "\n" for line in lines())


if __name__ == "__main__":
    main(sys.argv[1:])
