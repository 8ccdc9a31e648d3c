"""The vocabulary: every relation that a claim can state, in one table."""

from __future__ import annotations

from dataclasses import dataclass

from comity.errors import UnknownRelation


@dataclass(frozen=True, slots=True)
class Relation:
    """A term of the vocabulary.

    `domain` and `range` say what its subject and object are; `symmetric` whether A–B says the same as B–A;
    `starts` and `ends` name the state that it begins or ends; `cameo` and `wikidata` are the nearest terms of
    CAMEO/PLOVER event coding and of Wikidata, empty where there is none.
    """

    id: str
    family: str
    definition: str
    domain: str = "polity"
    range: str = "polity"
    symmetric: bool = False
    starts: str = ""
    ends: str = ""
    cameo: str = ""
    wikidata: str = ""


# fmt: off
VOCABULARY: tuple[Relation, ...] = (
    # diplomatic relations
    Relation(
        "recognition", "diplomatic relations",
        "The subject recognizes the object, as a state or as its government, explicitly or by an act that recognizes.",
        starts="recognized", cameo="CAMEO 054",
    ),
    Relation(
        "recognition.withdrawn", "diplomatic relations",
        "The subject withdraws its recognition of the object.",
        ends="recognized",
    ),
    Relation(
        "relations.established", "diplomatic relations",
        "Diplomatic relations begin.",
        symmetric=True, starts="relations", cameo="CAMEO 050", wikidata="P530",
    ),
    Relation(
        "relations.interrupted", "diplomatic relations",
        "Diplomatic relations are suspended without being broken off.",
        symmetric=True, starts="interruption", cameo="CAMEO 160",
    ),
    Relation(
        "relations.severed", "diplomatic relations",
        "Diplomatic relations are broken off or brought to an end.",
        symmetric=True, starts="severance", ends="relations", cameo="CAMEO 161",
    ),
    Relation(
        "relations.resumed", "diplomatic relations",
        "Diplomatic relations begin again after an interruption or a break.",
        symmetric=True, starts="relations", ends="severance", cameo="CAMEO 050",
    ),
    # missions and envoys
    Relation(
        "mission.opened", "missions and envoys",
        "The subject opens or reopens a mission with the object; kind: legation, embassy, consulate, liaison office, "
        "interests section.",
        starts="mission", cameo="CAMEO 050", wikidata="P531",
    ),
    Relation(
        "mission.raised", "missions and envoys",
        "The subject's mission with the object is raised in rank; kind: its new rank.",
        starts="mission", cameo="CAMEO 050",
    ),
    Relation(
        "mission.lowered", "missions and envoys",
        "The subject's mission with the object is lowered in rank; kind: its new rank.",
        starts="mission", cameo="CAMEO 160",
    ),
    Relation(
        "mission.closed", "missions and envoys",
        "The subject closes its mission with the object or suspends its operations.",
        ends="mission", cameo="CAMEO 161",
    ),
    Relation(
        "envoy.appointed", "missions and envoys",
        "The subject appoints a chief of mission to the object; kind: the rank.",
        cameo="CAMEO 050", wikidata="P39",
    ),
    Relation(
        "envoy.received", "missions and envoys",
        "The subject's envoy presents credentials to the object, or takes charge there.",
        starts="accreditation", cameo="CAMEO 050",
    ),
    Relation(
        "envoy.departed", "missions and envoys",
        "The subject's envoy to the object leaves, is recalled, or dies at the post.",
        ends="accreditation",
    ),
    # agreements
    Relation(
        "agreement.signed", "agreements",
        "The parties sign or conclude a treaty, convention or other agreement; label: its title.",
        symmetric=True, starts="agreement signed", cameo="CAMEO 057", wikidata="Q131569",
    ),
    Relation(
        "agreement.ratified", "agreements",
        "The subject ratifies or approves an agreement with the object.",
        cameo="CAMEO 057",
    ),
    Relation(
        "agreement.in-force", "agreements",
        "An agreement enters into force.",
        symmetric=True, starts="agreement in force", cameo="CAMEO 057",
    ),
    Relation(
        "agreement.implemented", "agreements",
        "A party enacts or signs legislation that carries out an agreement.",
        symmetric=True, cameo="CAMEO 057",
    ),
    Relation(
        "agreement.extended", "agreements",
        "An agreement, or a preference granted, is prolonged.",
        symmetric=True, cameo="CAMEO 057",
    ),
    Relation(
        "agreement.ended", "agreements",
        "An agreement expires, is denounced or is replaced.",
        symmetric=True, ends="agreement in force",
    ),
    Relation(
        "negotiation", "agreements",
        "The parties negotiate an agreement.",
        symmetric=True, cameo="CAMEO 046",
    ),
    # ties
    Relation(
        "alliance", "ties",
        "The parties are allied by treaty; kind: to what it binds them (defense, offense, neutrality, nonaggression, "
        "consultation).",
        symmetric=True, starts="alliance", cameo="CAMEO 057",
    ),
    Relation(
        "membership", "ties",
        "The subject is a member of a union, confederation or organization.",
        range="polity or organization", starts="membership", wikidata="P463",
    ),
    Relation(
        "membership.shared", "ties",
        "The parties are full members of the same intergovernmental organizations, of at least so many (value).",
        symmetric=True, starts="shared membership",
    ),
    Relation(
        "contiguity", "ties",
        "The parties border each other by land or river, or across no more than some miles of water; kind: which.",
        symmetric=True, starts="contiguity", wikidata="P47",
    ),
    Relation(
        "cooperation", "ties",
        "The parties work together on something; label: on what.",
        symmetric=True, cameo="CAMEO 040",
    ),
    Relation(
        "assistance", "ties",
        "The subject gives aid to the object; value and unit where they are said.",
        cameo="CAMEO 070",
    ),
    Relation(
        "commitment", "ties",
        "The subject pledges to do something, to the object where it is said; label: what.",
        range="polity or none", cameo="CAMEO 030",
    ),
    Relation(
        "visit", "ties",
        "A leader or minister of the subject visits the object; kind: the office.",
        cameo="CAMEO 042",
    ),
    # strife
    Relation(
        "dispute", "strife",
        "The parties dispute a territory or a right, or threaten, show or use force short of war; kind: the highest "
        "level of hostility that either reached.",
        symmetric=True, starts="dispute",
    ),
    Relation(
        "war", "strife",
        "The parties are at war, or declare it; label: the war's name.",
        symmetric=True, starts="war", cameo="CAMEO 190", wikidata="P607",
    ),
    Relation(
        "war.ended", "strife",
        "A war between the parties ends, by armistice, treaty or declaration.",
        symmetric=True, ends="war", cameo="CAMEO 087",
    ),
    Relation(
        "rivalry", "strife",
        "The parties' decision makers hold each other for competitors and threats; kind: over what (spatial, "
        "positional, ideological, interventionary).",
        symmetric=True, starts="rivalry",
    ),
    Relation(
        "insurgency", "strife",
        "Organized armed opposition to the subject, within it or its dependencies; label: the group, the rising or the "
        "conflict, kind: over what.",
        range="literal", cameo="CAMEO 190",
    ),
    # figures
    Relation(
        "trade.exports", "figures",
        "Exports from the subject to the object in a year; to the whole world where there is none.",
        range="polity or none",
    ),
    Relation(
        "trade.imports", "figures",
        "Imports of the subject from the object in a year; from the whole world where there is none.",
        range="polity or none",
    ),
    Relation(
        "trade.total", "figures",
        "Trade in both directions in a year.",
        symmetric=True,
    ),
    Relation(
        "travel", "figures",
        "People of the subject who go to the object, a year.",

    ),
    # states and governments
    Relation(
        "statehood.independence", "states and governments",
        "The subject proclaims, gains or regains independence, from the object where it is said.",
        range="polity or none", starts="state", wikidata="P571",
    ),
    Relation(
        "statehood.union", "states and governments",
        "The subject joins, merges into or is annexed by the object.",
        ends="state",
    ),
    Relation(
        "statehood.dissolution", "states and governments",
        "The subject ceases to exist as a state of its own.",
        range="none", ends="state", wikidata="P576",
    ),
    Relation(
        "statehood.sovereignty", "states and governments",
        "The subject is under the sovereignty, protection or occupation of the object, or ceded to it; kind: "
        "occupation, cession.",
        starts="dependency", wikidata="P17",
    ),
    Relation(
        "statehood.name", "states and governments",
        "The subject bears a name (label) and a status (kind) for a time.",
        range="literal", wikidata="P1448",
    ),
    Relation(
        "statehood.succession", "states and governments",
        "The subject is succeeded, wholly or in part, by the object.",
        wikidata="P1366",
    ),
    Relation(
        "statehood.system", "states and governments",
        "The subject is on a list of the states that make up the international system (label): no word on when it "
        "became independent, or on who recognized it.",
        range="literal", starts="system membership",
    ),
    Relation(
        "capital", "states and governments",
        "A city (label) is the subject's capital.",
        range="literal", starts="capital", wikidata="P36",
    ),
    Relation(
        "leader", "states and governments",
        "A person holds the subject's highest office, or its foreign ministry; kind: the office.",
        range="literal", starts="term", wikidata="P35",
    ),
    Relation(
        "government-change", "states and governments",
        "The subject's government changes; label: who or what; kind: election, inauguration, accession, coup, "
        "overthrow, revolution, interim, resignation, abdication, assassination, republic.",
        range="none",
    ),
    # mood
    Relation(
        "quality", "mood",
        "Relations are said to be strained, improved, cooperative, positive …; kind: the word; a leader takes part "
        "where they are said to be so under one.",
        symmetric=True,
    ),
    # people and works
    Relation(
        "actor", "people and works",
        "A company or person with a part in the relations; label: who, kind: the role.",

    ),
    Relation(
        "publication", "people and works",
        "A work about the parties; label: author and title.",
        symmetric=True,
    ),
)
# fmt: on

_BY_ID = {relation.id: relation for relation in VOCABULARY}


def relation(id: str) -> Relation:
    """The term with this id.

    Raises `UnknownRelation`, naming the terms of the same family, for a term outside the vocabulary.

    >>> relation("mission.raised").family
    'missions and envoys'
    """
    if id not in _BY_ID:
        stem = id.split(".")[0]
        near = [known for known in _BY_ID if known.split(".")[0] == stem] or list(_BY_ID)
        raise UnknownRelation(f'"{id}" is not a relation that comity knows; it knows {", ".join(near)}', offender=id)
    return _BY_ID[id]
