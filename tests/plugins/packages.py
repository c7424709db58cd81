"""Installed packages, written by hand as an installer would leave them."""

import textwrap


def write_package(folder, name, version="1.0", **modules):
    """Write a package with these modules, and the metadata that makes it a plugin, into a folder."""
    package, info = folder / name, folder / f"{name}-{version}.dist-info"
    package.mkdir(parents=True)
    info.mkdir()
    for module, text in {"__init__": "", **modules}.items():
        (package / f"{module}.py").write_text(textwrap.dedent(text))
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
    (info / "entry_points.txt").write_text(f"[chelate.plugins]\n{name} = {name}\n")
