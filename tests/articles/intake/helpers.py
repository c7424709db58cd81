from types import MappingProxyType

from cms import plugins
from cms.contracts import ArticlePart

SENTENCE = "Copper is carried in the blood by a protein that also moves iron from the liver."


def article(title="Copper and You", body=SENTENCE, **front_matter):
    lines = [f"title: {title}", *(f"{key}: {value}" for key, value in front_matter.items())]
    return "---\n" + "\n".join(lines) + f"\n---\n\n{body}\n"


def registry_with(registry, **hooks):
    """Return the registry with other objects for some hooks, each given as a list."""
    replaced = {hook: MappingProxyType({item.id: item for item in items}) for hook, items in hooks.items()}
    return plugins.Registry(registry.plugins, MappingProxyType({**registry.objects, **replaced}))


def part(load, *keys):
    return ArticlePart("fake", keys, load, export=lambda values: values)


def statuses(report):
    return [entry.status for entry in report.entries]


def ids_of(entry):
    return [finding.id for finding in entry.findings]


def message_of(entry, identifier):
    return next(finding.message for finding in entry.findings if finding.id == identifier)
