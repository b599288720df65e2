"""From clauses to articles: the sentences of the invented press."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

_CHOICE = re.compile(r"\[([^\[\]]*)\]")

SAID = {
    "en": ("{who} said that {fact}.", "According to {who}, {fact}.", "{Fact}, {who} said.",
           "“{Fact},” {who} told reporters.", "{Fact}.", "{Fact}.", "It emerged that {fact}.",
           "On {day} it became known that {fact}."),
    "de": ("{Fact}.", "{Fact}, sagte {who}.", "Am {day} wurde bekannt: {Fact}.",
           "Nach Worten von {who} gilt: {Fact}."),
    "es": ("{Fact}.", "{Fact}, dijo {who}.", "El {day} se supo que {fact}.",
           "Según {who}, {fact}."),
    "fr": ("{Fact}.", "{Fact}, a dit {who}.", "On a appris {day} que {fact}.",
           "Selon {who}, {fact}."),
    "it": ("{Fact}.", "{Fact}, ha detto {who}.", "{Day} si è saputo che {fact}.",
           "Secondo {who}, {fact}."),
}  # fmt: skip
DAYS = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday"),
    "de": ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag"),
    "es": ("lunes", "martes", "miércoles", "jueves", "viernes"),
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi"),
    "it": ("lunedì", "martedì", "mercoledì", "giovedì", "venerdì"),
}
OPENERS = (
    "In {place}, people had other worries this week.",
    "The talk in {place} is of little else.",
    "{person} spent the day in {place} and avoided the subject.",
    "{person} called for calm and promised an answer soon.",
    "Nobody in {place} had expected so much attention.",
    "A letter from {person} was read out in {place}.",
    "The mood in {place} remained hard to read.",
)
LINKED = {
    "en": ("as {outlet} [reported/wrote/described]", "{outlet} [has the background/was first with it]",
           "see what {outlet} found"),
    "de": ("wie {outlet} berichtet", "mehr dazu bei {outlet}"),
    "es": ("como publicó {outlet}", "más en {outlet}"),
    "fr": ("comme l'écrit {outlet}", "à lire dans {outlet}"),
    "it": ("come scrive {outlet}", "ne parla {outlet}"),
}  # fmt: skip
CREDITED = {
    "en": ("The account was confirmed by three people, {outlet} reported.",
           "“We have nothing to hide,” one of them told {outlet}, a newspaper.",
           "The newspaper {outlet} first reported the details."),
    "de": ("Das berichtet die Zeitung »{outlet}«.", "„Wir warten ab“, sagte einer der Beteiligten der Zeitung {outlet}."),
    "es": ("Así lo publicó el diario {outlet}.", "«No sabemos nada», dijo uno de ellos al diario {outlet}."),
    "fr": ("C'est ce que rapporte le journal {outlet}.", "« Nous attendons », a déclaré l'un d'eux au quotidien {outlet}."),
    "it": ("Lo riferisce il quotidiano {outlet}.", "«Aspettiamo», ha detto uno di loro al giornale {outlet}."),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic's data, by language."""

    name: str
    names: tuple[str, ...]
    facts: dict[str, tuple[str, ...]]
    headlines: dict[str, tuple[str, ...]]


def chosen(text: str, dice: random.Random) -> str:
    """A clause with one of each alternative."""
    return _CHOICE.sub(lambda found: dice.choice(found[1].split("/")), text)


def capital(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def sentence(fact: str, language: str, people: list[str], dice: random.Random) -> str:
    """A clause as a sentence, said by somebody or by nobody."""
    fact, day = chosen(fact, dice), dice.choice(DAYS[language])
    return dice.choice(SAID[language]).format(
        who=dice.choice(people), fact=fact, Fact=capital(fact), day=day, Day=capital(day)
    )


def opener(shared: dict[str, list[str]], dice: random.Random) -> str:
    """A sentence that could stand in any of the topics: what ties them together."""
    return capital(dice.choice(OPENERS).format(
        place=dice.choice(shared["places"]), person=dice.choice(shared["people"])))  # fmt: skip
