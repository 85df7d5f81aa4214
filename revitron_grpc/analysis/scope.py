"""The names of a module, class or function."""

from revitron_grpc.analysis.types import Type, join


class Scope:
    """Names as they are at this point of a walk.

    `star_namespaces` and `star_unknown` are what `import *` brought into a module.
    """

    __slots__ = ("ever", "names", "parent", "star_namespaces", "star_unknown")

    def __init__(self, parent: "Scope | None" = None) -> None:
        self.names: dict[str, Type] = {}
        self.parent = parent
        # What a name was ever bound to: what a function sees that is called some time later.
        self.ever: dict[str, Type] = {}
        self.star_namespaces: tuple[str, ...] = ()
        self.star_unknown = False

    def bind(self, name: str, value: Type) -> None:
        """Bind a name here."""
        self.names[name] = value
        known = self.ever.get(name)
        self.ever[name] = value if known is None else join(known, value)

    def find(self, name: str) -> Type | None:
        """The type of a name as seen from here; None if it is not bound."""
        found = self.names.get(name)
        if found is not None:
            return found
        scope = self.parent
        while scope is not None:
            found = scope.ever.get(name)
            if found is not None:
                return found
            scope = scope.parent
        return None
