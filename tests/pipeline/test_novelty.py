from __future__ import annotations

from pipeline.novelty import novelties, sentences
from stories.model import FiledArticle
from tests.pipeline.invented import read


def filed(number: int, text: str, hours: float) -> FiledArticle:
    article = read(f"https://courier.example/{number}", "Title", text, hours=hours).article
    return FiledArticle(id=number, article=article, story=1)


def test_sentences_of_any_script() -> None:
    assert sentences("It cost 3.5 million. Why? Nobody at example.org knows!\nNobody.") == [
        "It cost 3.5 million.",
        "Why?",
        "Nobody at example.org knows!",
        "Nobody.",
    ]
    assert sentences("他们开设了大使馆。没有人知道为什么！") == [  # noqa: RUF001 - marks of Chinese
        "他们开设了大使馆。",
        "没有人知道为什么！",  # noqa: RUF001 - marks of Chinese
    ]


def test_an_article_is_new_in_what_those_before_it_did_not_say() -> None:
    first = "The campaign opened an embassy in Hillton on Sunday. Forty guests drank pink lemonade."
    later = (
        "The mayor of Hillton closed the street at noon. "
        "On Sunday the campaign had opened an embassy in Hillton. "
        "The campaign opened an embassy with 300 guests, police counted later that evening."
    )
    new = novelties([filed(2, later, hours=5), filed(1, first, hours=1), filed(3, first, hours=9)])
    assert new == {
        1: (
            "The campaign opened an embassy in Hillton on Sunday.",
            "Forty guests drank pink lemonade.",
        ),
        2: (
            "The mayor of Hillton closed the street at noon.",
            "The campaign opened an embassy with 300 guests, police counted later that evening.",
        ),
        3: (),
    }
