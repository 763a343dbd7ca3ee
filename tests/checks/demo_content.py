#!/usr/bin/env python3
"""The demo school stays one school.

Why: the demo is the first thing anyone sees, and it is told by hand in nine files. When a teacher was renamed in one of them only, her
visit lost its author on the page, and the head's page said "14 demands" over a list of thirteen. Worse: a note pasted twice made the
copy question fire on an honest teacher in front of a visitor. So the figures of the pages, every reference, every date, and the
difference of every text are checked here; and the telephone number of somebody real must never slip in.
"""
import datetime
import re
from fractions import Fraction

from common import SOURCE, main, parse_info

SHARED_PASSAGE = 12  # characters no two texts may have in common
GRADES = "一二三四五六"
CLASSES = [f"{grade}({number})班" for grade in GRADES for number in range(1, 7)]
ROLES = {"teacher", "homeroom_teacher", "grade_leader", "student_office", "union_editor", "ethics_committee", "hr", "head", "it_admin",
         "auditor", "district"}
EXCUSES = {"on_leave", "seconded", "pregnancy", "illness"}
DEMO_FILES = ("school", "people", "visits", "demands", "last_year", "posts", "rectifications", "ratings", "archive")
FORM_FILES = ("care_categories", "outreach_topics", "demand_topics", "visit_modes", "code_of_conduct", "annex2", "annex3")


class Node:
    """An entry with its file, so that a fault names a line."""

    def __init__(self, entry, path):
        self.entry, self.path, self.key, self.value, self.line = entry, path, entry.key, entry.value, max(entry.line, 1)

    def all(self, key):
        return [Node(child, self.path) for child in self.entry.children if child.key == key]

    def child(self, key):
        return next(iter(self.all(key)), None)

    def text(self, key):
        found = self.entry.child(key)
        return found.value if found else ""

    def words(self, key):
        return self.text(key).split()

    def named(self, key):
        return {node.value: node for node in self.all(key)}


class Broken(Exception):
    """What follows looks up what is not there."""


class Demo:
    def __init__(self, tree):
        self.tree = tree
        self.files = {}
        for folder, names in (("demo", DEMO_FILES), ("forms", FORM_FILES)):
            for name in names:
                self.read(f"schema/{folder}/{name}.info", name)
        self.today = self.moment(self.files["school"], "today")
        self.campaigns = self.files["school"].named("campaign")
        self.need(set(self.campaigns) == {"2020-2021", "2019-2020"}, self.files["school"], "not the two campaigns")
        self.teachers = self.files["people"].named("teacher")
        self.staff = self.files["people"].named("staff")
        self.classes = self.files["people"].named("class")
        self.pupils = self.files["people"].named("pupil")
        self.visits = self.files["visits"].named("visit")
        self.earlier = self.files["last_year"].named("visit")
        self.demands = self.files["demands"].named("demand")
        self.in_post = [name for name, teacher in self.teachers.items() if teacher.text("duty") == "in_post"]
        self.codes = {kind: set(self.files[name].named(key)) for kind, name, key in (
            ("care", "care_categories", "category"), ("outreach", "outreach_topics", "topic"), ("demand", "demand_topics", "topic"),
            ("urgency", "demand_topics", "urgency"), ("mode", "visit_modes", "mode"))}

    def read(self, path, name):
        found = self.tree.files(path)
        if not found:
            self.tree.fault(path, 1, "is not there, and the demo school needs it")
            raise Broken
        text = found[0].text
        try:
            node = Node(parse_info(text), path)
        except ValueError as problem:
            self.tree.fault(path, 1, f"cannot be read: {problem}")
            raise Broken from problem
        self.files[name] = node
        self.need(node.entry.children, node, "holds nothing")
        self.expect(text.startswith(";"), node, "does not open with a comment of what it is")
        self.expect(len(text.encode()) < 1 << 20, node, "is larger than the 1 MiB the reader takes")

    def expect(self, condition, where, message):
        self.tree.looked_at()
        if not condition:
            self.tree.fault(where.path, where.line, f"{where.value or where.key or 'the file'}: {message}")

    def need(self, condition, where, message):
        self.expect(condition, where, message)
        if not condition:
            raise Broken

    def moment(self, node, key):
        try:
            return datetime.datetime.fromisoformat(node.text(key))
        except ValueError as problem:
            self.expect(False, node, f"{key} is no moment: {node.text(key)!r}")
            raise Broken from problem

    def days(self, year):
        return [self.moment(self.campaigns[year], key).date() for key in ("visit_from", "visit_to")]

    def is_person(self, name):
        return name in self.teachers or name in self.staff


def who_was_there(visit):
    return visit.words("came") or visit.words("team")


def was_visited(visit):
    return visit.text("state") in ("visited", "recorded")


def check_forms(demo):
    for kind, count in (("care", 6), ("outreach", 4), ("demand", 11), ("urgency", 3), ("mode", 8)):
        demo.expect(len(demo.codes[kind]) == count, demo.files["visit_modes"], f"{len(demo.codes[kind])} codes of {kind}, expected {count}")
    code = demo.files["code_of_conduct"]
    rules = code.all("code_of_conduct")[0].named("rule") if code.all("code_of_conduct") else {}
    demo.expect(list(rules) == [str(number) for number in range(1, 11)], code, "not the rules 1 to 10")
    demo.expect(len(demo.files["annex2"].all("column")) == 5, demo.files["annex2"], "not five columns (S100)")
    demo.expect(list(demo.files["annex3"].named("field"))[-1:] == ["reflection"], demo.files["annex3"], "does not end with the reflection (S110)")


def check_people(demo):
    people = demo.files["people"]
    demo.expect(len(people.all("teacher")) == len(demo.teachers), people, "a teacher's name stands twice")
    demo.expect(len(demo.in_post) == 103, people, f"{len(demo.in_post)} teachers in post, the pages say 103")
    excuses = [teacher.text("duty") for name, teacher in demo.teachers.items() if name not in demo.in_post]
    demo.expect(len(excuses) == 2 and set(excuses) <= EXCUSES, people, f"excused: {excuses}, expected two")
    numbers = [person.text("number") for person in [*demo.teachers.values(), *demo.staff.values()]]
    demo.expect(len(set(numbers)) == len(numbers), people, "a staff number stands twice")
    for name, number in (("沈若楠", "0317"), ("罗晓棠", "0309"), ("宋清和", "0322"), ("叶青", "0336")):
        demo.need(name in demo.teachers and demo.teachers[name].text("number") == number, people, f"{name} has not the number {number} of the pages")
    demo.need(list(demo.classes) == CLASSES, people, "not the 36 classes in order")
    demo.expect(sum(int(node.text("pupils")) for node in demo.classes.values()) == 1600, people, "the classes do not hold 1,600 pupils")
    groups = people.named("group")
    demo.expect(len(groups) == 7 and all(group.text("leader") in demo.teachers for group in groups.values()), people, "groups or their leaders")
    for name, node in demo.classes.items():
        homeroom = demo.teachers.get(node.text("homeroom"))
        demo.expect(homeroom and homeroom.text("homeroom") == name, node, "class and homeroom teacher do not name each other")
    for teacher in demo.teachers.values():
        demo.expect(teacher.text("group") in groups, teacher, "is in no group")
        taught = teacher.words("lesson") + [name for club in teacher.all("club") for name in club.words("classes")]
        demo.expect(set(taught) <= set(demo.classes), teacher, "teaches a class there is not")
    arts = [name for name in demo.in_post if demo.teachers[name].text("group") == "艺体综合组"]
    demo.expect(len(arts) == 14, people, f"{len(arts)} arts and sports teachers, expected 14")
    accounts = people.all("account")
    demo.expect({account.text("role") for account in accounts} == ROLES, people, "not every role has a card")
    for account in accounts:
        demo.expect(demo.is_person(account.value), account, "this account is nobody's")
        teacher = demo.teachers.get(account.value)
        demo.expect(not teacher or teacher.text("number") == account.text("login"), account, "the login is not the staff number")


def check_cards(demo):
    """Whoever clicks through the teachers' cards meets each step of a visit once."""
    people, met = demo.files["people"], []
    for account in people.all("account"):
        if account.text("role") in ("teacher", "homeroom_teacher"):
            met += [(visit.text("state"), visit.text("record")) for visit in demo.visits.values() if account.value in visit.words("team")]
    steps = {(visit.text("state"), visit.text("record")) for visit in demo.visits.values()}
    demo.expect(sorted(met) == sorted(steps), people, f"the teachers' cards stand at {sorted(met)}, the steps are {sorted(steps)}")


def check_pupils(demo):
    people = demo.files["people"]
    demo.need([pupil.text("class") for pupil in demo.pupils.values()] == CLASSES, people, "not one chosen pupil a class, in order")
    phones, seen, seen_in_third = set(), set(), set()
    for pupil in demo.pupils.values():
        guardian = pupil.child("guardian")
        demo.need(guardian and guardian.text("name") and guardian.text("address"), pupil, "has no guardian")
        demo.expect(pupil.text("gender") in ("1", "2"), pupil, "the gender")
        demo.expect(guardian.text("relation") in ("father", "mother", "grandparent", "other_guardian"), pupil, "the guardian's relation")
        demo.expect(set(pupil.words("care")) <= demo.codes["care"], pupil, "an unknown care category")
        phones.add(guardian.text("phone"))
        seen |= set(pupil.words("care"))
        if pupil.text("class").startswith("三"):
            seen_in_third |= set(pupil.words("care"))
        demo.expect(not demo.is_person(pupil.value), pupil, "has a teacher's name")
    demo.expect(len(phones) == 36, people, "a telephone number stands twice")
    demo.expect(seen == demo.codes["care"], people, f"categories without a pupil: {demo.codes['care'] - seen}")
    demo.expect(len(seen_in_third) == 4, people, f"the third grade covers {len(seen_in_third)} categories, its page says 4")


def check_nobody_real(demo):
    found = 0
    for file in demo.tree.files("schema/demo/*.info"):
        for match in re.finditer(r"(?<!\d)1[3-9]\d{9}(?!\d)", file.text):
            found += 1
            demo.tree.looked_at()
            if not match.group().startswith("13800000"):
                demo.tree.fault(file, file.line_of(match.start()), "this could be somebody's telephone; write 13800000 and three digits")
        for match in re.finditer(r"(?<!\d)0\d{2,3}-\d{7,8}|(?<!\d)\d{17}[\dXx]|常州|武进|庙桥|陈彩云|江苏", file.text):
            demo.tree.fault(file, file.line_of(match.start()), "a fixed line, an identity number or a real name")
    demo.expect(found >= 36, demo.files["people"], "no telephone numbers found at all")


def check_team(demo, name, visit, placed):
    team = visit.words("team") + visit.words("wanted")
    demo.need(team and visit.words("team")[0] == demo.classes[name].text("homeroom"), visit, "is not led by its homeroom teacher")
    demo.expect(2 <= len(team) <= 3, visit, f"has a team of {len(team)}")
    demo.expect(visit.text("writer") in team, visit, "its writer is not in the team")
    demo.expect(set(visit.words("confirmed")) <= set(who_was_there(visit)), visit, "someone else confirmed it")
    for person in team:
        demo.need(person in demo.in_post, visit, f"{person} is no teacher in post")
        demo.expect(person not in placed, visit, f"{person} is already placed in {placed.get(person)}")
        placed[person] = name
        teacher = demo.teachers[person]
        by_class = name in teacher.words("lesson")
        by_club = any(name in club.words("classes") for club in teacher.all("club"))
        demo.expect(by_class or by_club, visit, f"{person} neither teaches the class nor leads a club with it")
        if teacher.text("group") == "艺体综合组":
            joined = visit.named("joined").get(person)
            demo.expect(joined and (joined.text("by") == "club") == (by_club and not by_class), visit, f"how {person} chose it")
        else:
            demo.expect(teacher.text("group")[0] == name[0], visit, f"{person} is of another grade")


def check_course(demo, visit):
    """Dates, photos and texts of a visit that took place."""
    at, first_and_last = demo.moment(visit, "visited_at"), demo.days("2020-2021")
    appointment, record = visit.child("appointment"), visit.text("record")
    demo.need(appointment and visit.child("preparation"), visit, "has no appointment or no preparation")
    demo.expect(at <= demo.today, visit, "was visited after today")
    demo.expect(first_and_last[0] <= at.date() <= first_and_last[1] or visit.text("outside_window_reason"), visit, "another day without a reason")
    demo.expect(demo.moment(appointment, "made_at") < at, visit, "the appointment was made after the visit")
    demo.expect(demo.moment(visit.child("preparation"), "at") < at or visit.text("late_preparation_reason"), visit, "prepared late without a reason")
    demo.expect(visit.text("mode") in demo.codes["mode"], visit, "the mode")
    refused = appointment.text("photos") == "refused"
    demo.expect(bool(visit.text("photo_waiver")) == refused, visit, "the waiver and the family's word on photos differ")
    if record == "draft":
        return
    demo.expect(visit.text("title"), visit, "has no title")
    demo.expect(len(visit.all("photo")) == (0 if refused else 2), visit, f"has {len(visit.all('photo'))} photos")
    demo.expect(150 <= len(visit.text("narrative")) <= 400, visit, f"the note has {len(visit.text('narrative'))} characters")
    demo.expect(len(visit.text("reflection")) >= 20, visit, "has no reflection")
    demo.expect(at <= demo.moment(visit, "submitted_at") <= demo.today, visit, "was handed in at a wrong time")


def check_review(demo, visit):
    review, record = visit.child("review"), visit.text("record")
    demo.expect((record in ("accepted", "returned")) == (review is not None), visit, f"is {record!r}, its review says otherwise")
    if review:
        demo.expect(review.text("outcome") == record, visit, "the review's outcome")
        demo.expect(review.text("by") not in who_was_there(visit) + visit.words("team"), visit, f"{review.text('by')} reviewed the own visit")
        demo.expect(demo.is_person(review.text("by")), visit, "was reviewed by nobody")
        demo.expect(demo.moment(visit, "submitted_at") < demo.moment(review, "at") <= demo.today, visit, "was reviewed at a wrong time")


def check_visits(demo):
    file = demo.files["visits"]
    demo.need(list(demo.visits) == CLASSES, file, "not one visit a class, in order")
    placed, states, records = {}, [], []
    for name, visit in demo.visits.items():
        check_team(demo, name, visit, placed)
        demo.expect(set(visit.words("topics")) <= demo.codes["outreach"], visit, "an unknown topic")
        if was_visited(visit):
            check_course(demo, visit)
        check_review(demo, visit)
        states.append(visit.text("state"))
        records.append(visit.text("record"))
    demo.expect(set(placed) == set(demo.in_post), file, f"not placed: {sorted(set(demo.in_post) - set(placed))}")
    demo.expect(sum(map(was_visited, demo.visits.values())) == 31 and states.count("declined") == 2, file, "not 31 visited and 2 declined")
    counts = {record: records.count(record) for record in set(records) - {""}}
    demo.expect(counts == {"accepted": 22, "submitted": 7, "returned": 1, "draft": 1}, file, f"records are {counts}")
    by_grade = [sum(was_visited(demo.visits[name]) for name in CLASSES if name[0] == grade) for grade in GRADES]
    demo.expect(by_grade == [6, 5, 5, 5, 6, 4], file, f"by grade {by_grade}, the head's page says 6 5 5 5 6 4")
    rosters = file.named("roster")
    demo.expect(len(rosters) == 6 and rosters["三年级组"].text("state") == "sent_back", file, "the rosters")
    demo.expect(sum(roster.child("earlier") is not None for roster in rosters.values()) == 1, file, "not one roster handed in again")


def passages(text):
    bare = "".join(character for character in text if character.isalnum())
    return {form[i:i + SHARED_PASSAGE] for form in (text, bare) for i in range(len(form) - SHARED_PASSAGE + 1)}


def check_texts(demo):
    """Each note is its writer's own, but for the planted pair; the public digests repeat the course of no visit."""
    file = demo.files["visits"]
    notes = {name: visit.text("narrative") for name, visit in demo.visits.items() if visit.text("narrative")}
    demo.expect(len(notes) >= 31, file, f"only {len(notes)} notes")
    courses = {**notes, **{f"{name} 2020": visit.text("narrative") for name, visit in demo.earlier.items()}}
    texts = {**courses, **{f"{name} 感想": visit.text("reflection") for name, visit in demo.visits.items() if visit.text("reflection")}}
    cut = {name: passages(text) for name, text in texts.items()}
    names = list(cut)
    alike = [(a, b) for i, a in enumerate(names) for b in names[i + 1:] if cut[a] & cut[b]]
    demo.tree.looked_at(len(names) * (len(names) - 1) // 2)
    demo.expect(alike == [("二(5)班", "六(5)班")], file, f"texts sharing {SHARED_PASSAGE} characters: {alike}")
    for post in demo.files["posts"].all("post"):
        if post.text("kind") == "digest":
            repeated = [name for name in courses if cut[name] & passages(post.text("body"))]
            demo.expect(not repeated, post, f"repeats the course of {repeated}")


def check_planted(demo):
    file = demo.files["visits"]
    again = [(visit.value, photo.text("same_as")) for visit in demo.visits.values() for photo in visit.all("photo") if photo.text("same_as")]
    demo.expect(again == [("四(3)班", "四(2)班 2")], file, f"photos used again: {again}")
    spans = {}
    for visit in demo.visits.values():
        if was_visited(visit):
            begin = demo.moment(visit, "visited_at")
            for person in who_was_there(visit):
                spans.setdefault(person, []).append((begin, begin + datetime.timedelta(minutes=int(visit.text("minutes"))), visit.value))
    overlaps = [(person, first[2], second[2]) for person, list_ in spans.items() for i, first in enumerate(list_) for second in list_[i + 1:]
                if first[0] < second[1] and second[0] < first[1]]
    demo.expect(overlaps == [("武振华", "四(4)班", "四(6)班")], file, f"at two places at once: {overlaps}")
    late = [name for name, visit in demo.visits.items() if visit.text("late_preparation_reason")]
    demo.expect(late == ["四(4)班", "六(4)班"], file, f"prepared late: {late}, the head's page says 2")
    demo.expect([name for name, visit in demo.visits.items() if visit.child("gift")] == ["六(3)班"], file, "not one gift")
    note, pupil = demo.visits["三(6)班"].text("narrative"), next(p for p in demo.pupils.values() if p.text("class") == "三(6)班")
    ways = [pupil.value, "然然", "缝纫铺", "全班唯一", *(pupil.child("guardian").text(key) for key in ("name", "phone", "address"))]
    demo.expect(sum(way in note for way in ways) >= 6, demo.visits["三(6)班"], "does not name its pupil in six ways")
    signals = file.all("signal")
    demo.expect(sorted(signal.value for signal in signals) == ["copied_note", "overlap", "same_photo"], file, "not the three open questions")
    for signal in signals:
        demo.expect(signal.text("asked") in who_was_there(demo.visits[signal.text("visit")]), signal, "asks someone who was not there")


def check_demands(demo):
    file, first_and_last = demo.files["demands"], demo.days("2020-2021")
    answered = {name for name, demand in demo.demands.items() if demand.text("state") in ("answered", "closed")}
    demo.expect(len(demo.demands) == 14 and len(answered) == 9, file, f"{len(demo.demands)} with {len(answered)} answered, the pages say 14 and 9")
    topics = {}
    for name, demand in demo.demands.items():
        raised, done = topics.get(demand.text("topic"), (0, 0))
        topics[demand.text("topic")] = (raised + 1, done + (name in answered))
        visit = demo.visits.get(demand.text("class"))
        demo.need(visit and was_visited(visit), demand, "was heard in no visit")
        demo.expect(demand.text("urgency") in demo.codes["urgency"] and demand.text("topic") in demo.codes["demand"], demand, "its codes")
        heard = demo.moment(demand, "heard_at")
        demo.expect(demand.text("heard_by") in who_was_there(visit), demand, "heard by someone who was not there")
        demo.expect(first_and_last[0] <= heard.date() <= first_and_last[1] or demand.text("heard_early_reason"), demand, "heard early without a reason")
        if demand.text("owner"):
            demo.expect(demo.is_person(demand.text("owner")), demand, "is owned by nobody")
            demo.expect(heard <= demo.moment(demand, "passed_on_at"), demand, "passed on before it was heard")
        if name in answered:
            demo.expect(demand.text("answer") and heard < demo.moment(demand, "answered_at") <= demo.today, demand, "has no answer")
        demo.expect((demand.text("state") == "closed") == (demand.text("reply") not in ("", "none")), demand, "closed and the family's word differ")
    demo.expect(topics == {"after_school": (4, 3), "homework": (3, 3), "safety": (2, 0), "teaching": (2, 2), "facilities": (2, 0),
                           "psychology": (1, 1)}, file, f"by topic {topics}, not as the head's page")
    oldest = min((demand for name, demand in demo.demands.items() if name not in answered), key=lambda demand: demand.text("heard_at"))
    demo.expect((demo.today.date() - demo.moment(oldest, "heard_at").date()).days == 6, oldest, "the oldest open one is not six days old")
    demo.expect([name for name, demand in demo.demands.items() if not demand.text("owner")] == ["13"], file, "not one without an owner")


def check_last_year(demo):
    file, first_and_last, took_part = demo.files["last_year"], demo.days("2019-2020"), []
    demo.need(list(demo.earlier) == CLASSES, file, "not one visit a class")
    for visit in demo.earlier.values():
        team = visit.words("team")
        demo.expect(2 <= len(team) <= 3 and set(team) <= set(demo.teachers), visit, "the team")
        took_part += [person for person in team if person not in took_part]
        demo.expect(first_and_last[0] <= demo.moment(visit, "visited_at").date() <= first_and_last[1], visit, "outside its days")
        demo.expect(visit.text("mode") in demo.codes["mode"], visit, "the mode")
        demo.expect(visit.text("accepted_by") not in team, visit, "was accepted by one of the team")
        demo.expect(demo.moment(visit, "submitted_at") < demo.moment(visit, "accepted_at"), visit, "accepted before it was handed in")
        demo.expect(len(visit.text("narrative")) >= 40, visit, "the note is too short")
    demo.expect(file.text("thanks").split() == took_part and len(took_part) == 98, file, f"{len(took_part)} took part, the thanks say 98")
    demo.expect(len(file.all("answered")) == 3, file, "not three answers")
    pupils = [visit.text("pupil") for visit in demo.earlier.values()]
    demo.expect(len(set(pupils) | set(demo.pupils)) == 72, file, "a pupil is chosen twice or shares a name")


def check_what_followed(demo):
    items = demo.files["rectifications"].all("rectification")
    this_year = [item.text("state") for item in items if item.text("school_year") == "2020-2021"]
    demo.expect(this_year == ["open", "open", "submitted"], demo.files["rectifications"], "not as the head's page")
    demo.expect([item.text("state") for item in items].count("signed_off") == 1, demo.files["rectifications"], "not one is closed")
    for item in items:
        demo.expect(demo.is_person(item.text("owner")) and item.text("owner") != item.text("verified_by"), item, "its owner signs it off, or nobody owns it")
        demo.expect(set(item.words("from_demand")) <= set(demo.demands), item, "comes from no demand")
    entries = demo.files["archive"].all("entry")
    for kind, count in (("ethics", 9), ("professional", 14)):
        own = [entry for entry in entries if entry.text("archive") == kind and entry.text("teacher") == "沈若楠"]
        places = [int(entry.value) for entry in own]
        demo.expect(len(own) == count - 2 and places == sorted(set(places)) and places[-1] == count, demo.files["archive"],
                    f"{kind}: with two visits it does not come to {count}")
        demo.expect([entry.text("month") for entry in own] == sorted(entry.text("month") for entry in own), demo.files["archive"], f"{kind}: the months")


def check_posts(demo):
    file, posts = demo.files["posts"], demo.files["posts"].all("post")
    known = [*demo.teachers, *demo.pupils, *(visit.text("pupil") for visit in demo.earlier.values())]
    demo.expect(sorted(post.text("kind") for post in posts) == ["digest", "digest", "plan", "single_note", "thanks"], file, "the kinds")
    demo.expect([post.text("kind") for post in posts if not post.text("views")] == ["thanks"], file, "the missing count is not missing")
    for post in posts:
        demo.expect(post.text("publisher") in demo.staff and post.text("approved_by") != post.text("publisher"), post, "approved by its publisher")
        demo.expect(demo.moment(post, "approved_at") <= demo.moment(post, "published_at") <= demo.today, post, "published before it was approved")
        named = [person for person in known if person in post.text("body") + post.text("quote")]
        demo.expect(not named, post, f"names {named}")
        if post.text("kind") == "digest":
            demo.expect(len(post.words("from")) >= 5, post, "is drawn from fewer than 5 visits")
            demo.expect(all(demo.visits[name].text("record") == "accepted" for name in post.words("from")), post, "uses a record not accepted")
        if post.text("kind") == "single_note":
            demo.expect(post.child("consent") and post.text("school_decision"), post, "without consent or the school's decision (D1)")
    voices = file.all("voice")
    demo.expect(len(voices) == 2 and all(demo.demands[voice.text("from_demand")].text("state") == "closed" for voice in voices), file, "the voices")


def score(rating):
    """The total by the reference rules, exactly; for a teacher with every part."""
    visit = rating.child("visit")
    peer = [Fraction(vote) for vote in rating.words("peer")]
    guardian = sorted(Fraction(vote) for vote in rating.words("guardian"))
    guardian = guardian[len(guardian) // 10:]
    items = [(Fraction(30 * int(visit.text("done")), int(visit.text("assigned"))), 30), ({"2": 15, "1": 8, "0": 0}[visit.text("preparation")], 15),
             (Fraction(sum(map(int, visit.words("quality"))), len(visit.words("quality"))), 25), (10 if visit.text("late_days") == "0" else 5, 10)]
    if visit.text("demands") != "0":
        items.append((Fraction(20 * int(visit.text("in_time")), int(visit.text("demands"))), 20))
    part = Fraction(sum(points for points, _ in items)) / sum(most for _, most in items) * 100
    return (Fraction(rating.text("self")) * 10 + sum(peer) / len(peer) * 20 + sum(guardian) / len(guardian) * 20 +
            Fraction(rating.text("committee")) * 30 + part * 20) / 100


def check_ratings(demo):
    file, ratings = demo.files["ratings"], demo.files["ratings"].named("rating")
    demo.need(set(ratings) == set(demo.in_post), file, "not one a teacher in post")
    demo.expect([name for name, rating in ratings.items() if not rating.text("self")] == ["滕飞"], file, "not one missing part")
    for name, total in (("沈若楠", "92.95"), ("万里", "84.80")):
        demo.expect(score(ratings[name]) == Fraction(total), ratings[name], f"gives {float(score(ratings[name]))}, the worked case says {total}")
    demo.expect((len(ratings["沈若楠"].words("peer")), len(ratings["沈若楠"].words("guardian"))) == (7, 42), ratings["沈若楠"], "not 7 and 42 ballots")
    for name, rating in ratings.items():
        votes = [Fraction(vote) for key in ("peer", "guardian", "self", "committee") for vote in rating.words(key)]
        demo.expect(all(0 <= vote <= 100 for vote in votes), rating, "a vote outside 0 to 100")
        visits = sum(name in visit.words("team") for visit in demo.earlier.values())
        demo.expect(int(rating.child("visit").text("assigned")) == visits, rating, f"had {visits} visits last year")
        own = [visit for visit in demo.earlier.values() if name in visit.words("team")]
        marks, asked = [mark for visit in own for mark in visit.words("quality")], [demand for visit in own for demand in visit.all("demand")]
        counted = rating.child("visit")
        demo.expect(not counted.words("quality") or counted.words("quality") == marks, rating, f"was given {marks} last year")
        in_time = sum(demand.text("late") != "true" for demand in asked)
        demo.expect((counted.text("demands") or "0", counted.text("in_time") or "0") == (str(len(asked)), str(in_time)), rating, f"heard {len(asked)} demands last year, {in_time} in time")


def look(tree):
    try:
        demo = Demo(tree)
        for check in (check_forms, check_people, check_cards, check_pupils, check_nobody_real, check_visits, check_texts, check_planted, check_demands,
                      check_last_year, check_what_followed, check_posts, check_ratings):
            check(demo)
    except Broken:
        tree.note("the rest was not looked at")


def read(name):
    path = SOURCE / "schema" / name
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def changed(name, before, after):
    """The file with its first `before` replaced; if it is not there, the plant is lost and --self-test says so."""
    return {f"schema/{name}": read(name).replace(before, after, 1)}


SOUND = {f"schema/{folder}/{name}.info": read(f"{folder}/{name}.info")
         for folder, names in (("demo", DEMO_FILES), ("forms", FORM_FILES)) for name in names}
main(look, home="schema/demo", sound=SOUND, planted={
    "a teacher renamed in one file": changed("demo/people.info", 'teacher "曹志远"', 'teacher "曹致远"'),
    "two cards at one step": changed("demo/people.info", 'account "秦墨" { login "0395"', 'account "陆一帆" { login "0361"'),
    "a telephone that could be somebody's": changed("demo/people.info", "13800000020", "13912345678"),
    "one demand more answered": changed("demo/demands.info", 'state "assigned"', 'state "answered"'),
    "a passage pasted into another note": changed("demo/visits.info", "可欣戴着人工耳蜗", "握笔像攥扳手，写三个字歇一回，可欣戴着人工耳蜗"),
    "a visit tomorrow": changed("demo/visits.info", 'visited_at "2021-01-24T09:30"', 'visited_at "2021-01-25T09:30"'),
    "a visit on another day without a reason": changed("demo/visits.info", 'outside_window_reason "家里买了', 'reason "家里买了'),
    "one's own visit reviewed": changed("demo/visits.info", 'review { by "林婉如"', 'review { by "颜素梅"'),
    "a teacher in two teams": changed("demo/visits.info", 'team "柳依然 倪可可 费正阳"', 'team "柳依然 倪可可 严丽君"'),
    "a photo lost": changed("demo/visits.info", 'photo { alt "门上挂着的小木牌，刻着“请敲”" }', ""),
    "a brace lost": changed("demo/visits.info", "\n}\n", "\n"),
    "a class without a visit": changed("demo/visits.info", 'visit "六(6)班"', 'visit "六(7)班"'),
    "a pupil named in a digest": changed("demo/posts.info", "心急是大人的", "丁小满家里，心急是大人的"),
    "the demand behind a voice still open": changed("demo/posts.info", 'from_demand "07"', 'from_demand "01"'),
    "a ballot changed": changed("demo/ratings.info", 'self "96" committee "90"', 'self "95" committee "90"'),
    "a thanked teacher forgotten": changed("demo/last_year.info", 'thanks "姜念慈 ', 'thanks "'),
    "a rule of the code lost": changed("forms/code_of_conduct.info", 'rule "10"', 'rule "11"'),
    "a file emptied": {"schema/demo/ratings.info": ""},
})
