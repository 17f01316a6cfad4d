"""Where the source of an importable module is, found without running any of it."""

import importlib
import sys
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path

from ..locales.words import _


def find(name: str) -> Path:
    """Return the file that `python -m NAME` would run. Raises LookupError with the reason if there is none.

    The present folder comes first, as it does for `python -m`. No package on the way is imported.
    """
    importlib.invalidate_caches()
    spec = _spec(name)
    if spec is None:
        raise LookupError(_("there is no such module"))
    if spec.submodule_search_locations is not None:
        spec = _inside(spec, "__main__")
        if spec is None:
            raise LookupError(_("it is a package without a __main__ module, so it cannot be run"))
    if not spec.has_location or spec.origin is None or not spec.origin.endswith(".py"):
        raise LookupError(_("it has no Python source"))
    return Path(spec.origin)


def _spec(name: str) -> ModuleSpec | None:
    first, *rest = name.split(".")
    spec = _first(first)
    for part in rest:
        spec = _inside(spec, part) if spec is not None else None
    return spec


def _inside(package: ModuleSpec, name: str) -> ModuleSpec | None:
    """Find a module in a package. Its whole name would make the finder look for an imported package."""
    return PathFinder.find_spec(name, list(package.submodule_search_locations or ()))


def _first(name: str) -> ModuleSpec | None:
    """Find a top-level module, last by the finders that an editable installation of a package adds."""
    spec = PathFinder.find_spec(name, ["", *sys.path])
    return spec or next(filter(None, (finder.find_spec(name, None) for finder in sys.meta_path)), None)
