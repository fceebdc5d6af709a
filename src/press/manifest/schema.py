"""Typed settings: pydantic's verdict on a file, told in the house's words.

A file's format is a class; its docstrings and descriptions are the reference:

    class GridPart(Strict):
        columns: Annotated[Whole, Field(ge=1, le=12)] = setting("Columns.", example=5)

    class LayoutFile(Strict):
        press: FormatVersion
        grid: GridPart

    checked = check(tree, LayoutFile)

Every mistake becomes a finding at its own place. What is wrong is then left out, and
the rest is typed all the same, so that later checks can look at it.
"""

from __future__ import annotations

from typing import (
    Annotated,
    Any,
    ClassVar,
    Self,
    TypeAlias,
    TypeVar,
    get_args,
)

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    ModelWrapValidatorHandler,
    PrivateAttr,
    ValidationError,
    WithJsonSchema,
    model_validator,
)
from pydantic.fields import FieldInfo
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, ErrorDetails, PydanticUndefined

from press.manifest.nearest import did_you_mean, nearest
from press.manifest.tree import Mapping, Path, Scalar, Sequence, Settings, Tree
from press.manifest.wrong import cited, text_of, wrong
from press.model.finding import Checked, Finding, Place, error

S = TypeVar("S", bound="Strict")
T = TypeVar("T")

FORMAT = "1"
MOST_ROUNDS = 8
MOST_MISTAKES = 200


class Strict(BaseModel):
    """Settings that know where they stand. Unknown names are errors."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, defer_build=True
    )
    _tree: Tree | None = PrivateAttr(default=None)

    #: Names that editors may expect, and what to write instead.
    instead: ClassVar[tuple[tuple[str, str], ...]] = ()

    @model_validator(mode="wrap")
    @classmethod
    def _keep_place(cls, data: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        if not isinstance(data, Settings):
            return handler(data)
        known = names_of(cls)
        given = Settings(data.tree)
        # A known setting left empty is not given; an unknown one must be told.
        given.update(
            (name, value)
            for name, value in data.items()
            if value is not None or name not in known
        )
        typed = handler(given)
        typed._tree = data.tree  # noqa: SLF001 - its own class
        return typed

    @property
    def place(self) -> Place:
        """Where these settings stand."""
        return self.place_of()

    def place_of(self, *path: str | int) -> Place:
        """Return where a setting below stands; the nearest place if it is not given."""
        return self._tree.nearest(path).place if self._tree else Place()

    def gives(self, name: str) -> bool:
        """Whether a setting is given at all."""
        return self._tree is not None and self._tree.child(name) is not None


def setting(
    meaning: str,
    *,
    example: object = None,
    default: T | object = PydanticUndefined,
    name: str | None = None,
) -> Any:
    """Declare a setting.

    Args:
        meaning: What it means, in one sentence; shown by editors and in hints.
        example: How it is written in YAML.
        default: Its value where it is not given; without one it must be given.
        name: Its name in the file, where Python cannot use it.
    """
    examples = None if example is None else [example]
    if default is PydanticUndefined:
        return Field(description=meaning, examples=examples, alias=name)
    return Field(default, description=meaning, examples=examples, alias=name)


def _format_version(value: object) -> str:
    text = text_of(value, wanted="the format's number", example=FORMAT)
    if text != FORMAT:
        message = f"this file is in format {cited(text)}; this press reads {FORMAT}"
        hint = f"write {FORMAT}, or update press"
        raise wrong(message, hint, code="manifest.version")
    return text


FormatVersion: TypeAlias = Annotated[
    str, BeforeValidator(_format_version), WithJsonSchema({"const": int(FORMAT)})
]


class OrBare:
    """Tells editors of a shorter form that a converter takes as well.

    Attributes:
        bare: JSON Schema of the shorter form.
    """

    def __init__(self, **bare: object) -> None:
        self.bare = bare

    def __get_pydantic_json_schema__(
        self, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Return both forms."""
        return {"anyOf": [self.bare, handler(core)]}


def check(tree: Tree, schema: type[S]) -> Checked[S]:
    """Type a file's settings.

    Args:
        tree: The file, or a part of it.
        schema: What it should hold.

    Returns:
        The settings without those that are wrong, None where too much is; and a
        finding for each mistake.
    """
    findings: list[Finding] = []
    data = tree.plain()
    for _ in range(MOST_ROUNDS):
        try:
            value = schema.model_validate(data)
        except ValidationError as problem:
            mistakes = problem.errors(include_url=False)
            told = mistakes[:MOST_MISTAKES]
            every = [_explain(mistake, tree, schema) for mistake in told]
            findings += [new for new in every if new and new not in findings]
            data = _without(data, {_path_at_fault(each, data) for each in mistakes})
            if data is None:
                break
        else:
            return Checked(value=value, findings=tuple(findings))
    return Checked(value=None, findings=tuple(findings))


def _path_at_fault(mistake: ErrorDetails, data: object) -> Path:
    """Return the path to the value that must go, as far as the data has it."""
    path = mistake["loc"][:-1] if mistake["type"] == "missing" else mistake["loc"]
    found: list[str | int] = []
    for step in path:
        inside = (
            step in data
            if isinstance(data, dict)
            else isinstance(data, tuple) and isinstance(step, int) and step < len(data)
        )
        if not inside:
            break
        found.append(step)
        data = data[step]  # type: ignore[index] # either of both, as just asked
    return tuple(found)


def _without(data: object, paths: set[Path]) -> object:
    """Return data without the values under some paths; None if nothing is left."""
    if () in paths:
        return None
    below = {path[0]: {p[1:] for p in paths if p[0] == path[0]} for path in paths}
    if isinstance(data, Settings):
        kept = Settings(data.tree)
        kept.update(
            (name, left)
            for name, value in data.items()
            if (left := _without(value, below.get(name, set()))) is not None
        )
        return kept
    if isinstance(data, tuple):
        left_over = (_without(v, below.get(n, set())) for n, v in enumerate(data))
        return tuple(value for value in left_over if value is not None)
    return data


def _explain(mistake: ErrorDetails, tree: Tree, schema: type[Strict]) -> Finding | None:
    path, kind = mistake["loc"], mistake["type"]
    spot = tree.nearest(path)
    if "." in kind:
        context = mistake.get("ctx", {})
        return error(kind, str(context["message"]), spot.place, context["hint"])
    if kind == "missing":
        return _missing(path, tree, schema)
    if kind == "extra_forbidden":
        return _unknown(path, tree, schema)
    if kind == "too_short" and isinstance(spot.root, Sequence) and spot.root.items:
        return None  # Its items were left out after mistakes of their own.
    message, hint = _wrong_kind(mistake, model_at(schema, path))
    return error("manifest.type", message, spot.place, hint)


def _missing(path: Path, tree: Tree, schema: type[Strict]) -> Finding | None:
    name = str(path[-1])
    given = tree.at(*path)
    if given and not (isinstance(given.root, Scalar) and given.root.is_null):
        return None  # It was left out after a mistake that has its own finding.
    owner = model_at(schema, path[:-1])
    if owner and not given and _is_misspelt(name, owner, tree.nearest(path[:-1])):
        return None
    field = field_of(owner, name) if owner else None
    hint = None
    if field:
        example = (field.examples or ["…"])[0]
        hint = f"{field.description} Write {name}: {example}"
    if given:
        return error(
            "manifest.missing-key", f"“{name}” is empty", given.name_place, hint
        )
    place = tree.nearest(path[:-1]).name_place
    return error("manifest.missing-key", f"“{name}” is missing here", place, hint)


def _is_misspelt(name: str, owner: type[Strict], tree: Tree) -> bool:
    """Whether an unknown setting beside it must mean this one."""
    names = names_of(owner)
    beside = tree.root.entries if isinstance(tree.root, Mapping) else ()
    unknown = (each.key.text for each in beside if each.key.text not in names)
    return any(nearest(word, names) == name for word in unknown)


def _unknown(path: Path, tree: Tree, schema: type[Strict]) -> Finding:
    name = str(path[-1])
    found = tree.nearest(path)
    owner = model_at(schema, path[:-1])
    hint = _where_it_belongs(name, owner, schema)
    parent = tree.nearest(path[:-1]).root
    split_up = isinstance(parent, Mapping) and parent.flow and " " in name
    if split_up and isinstance(found.root, Scalar) and found.root.is_null:
        hint = "a comma ends a value inside { }: put a text that holds one in quotes"
    message = f"{cited(name)} is not a setting here"
    return error("manifest.unknown-key", message, found.name_place, hint)


def _where_it_belongs(
    name: str, owner: type[Strict] | None, schema: type[Strict]
) -> str | None:
    names = names_of(owner) if owner else []
    if not nearest(name, names):
        habits = dict(owner.instead) if owner else {}
        if habit := nearest(name, habits):
            return habits[habit]
        for path, model in walk(schema):
            if name in names_of(model) and model is not owner:
                where = ".".join(path) or "the top of the file"
                return f"it belongs {'under' if path else 'at'} {where}"
    return did_you_mean(name, names)


def _wrong_kind(
    mistake: ErrorDetails, model: type[Strict] | None
) -> tuple[str, str | None]:
    """Return message and hint for a value of the wrong kind or out of range."""
    given, context = mistake["input"], mistake.get("ctx", {})
    shown = _shown(given)
    if given is None:
        return "nothing is given here", "write a value, or delete the line"
    match mistake["type"]:
        case "model_type" | "dict_type" | "model_attributes_type":
            names = names_of(model) if model else []
            hint = f"write {{{names[0]}: …}}" if names else None
            told = f"settings are needed here, not {shown}", hint
        case "tuple_type" | "list_type":
            told = f"a list is needed here, not {shown}", "write it as [one, two]"
        case "too_short":
            told = "this list is empty", "write at least one item"
        case "greater_than_equal":
            told = f"{shown} is too small", f"the least is {context['ge']}"
        case "less_than_equal":
            told = f"{shown} is too large", f"the most is {context['le']}"
        case _:
            told = mistake["msg"], None
    return told


def _shown(given: object) -> str:
    if isinstance(given, str):
        return cited(given)
    return "a list" if isinstance(given, tuple) else "settings"


def names_of(model: type[Strict]) -> list[str]:
    """Return the names of a format's settings as files write them."""
    return [field.alias or name for name, field in model.model_fields.items()]


def field_of(model: type[Strict], name: str | int) -> FieldInfo | None:
    """Return the declaration of a setting."""
    for own, field in model.model_fields.items():
        if name == (field.alias or own):
            return field
    return None


def model_at(schema: type[Strict], path: Path) -> type[Strict] | None:
    """Return the format of the settings under a path."""
    model: type[Strict] | None = schema
    for step in path:
        if isinstance(step, int) or model is None:
            continue
        field = field_of(model, step)
        model = _model_in(field.annotation) if field else None
    return model


def walk(
    schema: type[Strict], path: tuple[str, ...] = ()
) -> list[tuple[tuple[str, ...], type[Strict]]]:
    """Return a format and all formats inside it, each with the path to it."""
    found = [(path, schema)]
    for name in names_of(schema):
        field = field_of(schema, name)
        if field and (inner := _model_in(field.annotation)):
            found += walk(inner, (*path, name))
    return found


def _model_in(annotation: object) -> type[Strict] | None:
    if isinstance(annotation, type) and issubclass(annotation, Strict):
        return annotation
    inner = (_model_in(part) for part in get_args(annotation))
    return next((model for model in inner if model), None)
