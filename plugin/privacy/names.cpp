#include "privacy/names.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "privacy/bynames.h"
#include "privacy/near_names.h"
#include "privacy/strangers.h"

namespace shide::privacy {
namespace {

constexpr std::size_t kAboutAll = 60;

class NameFinder {
 public:
  NameFinder(const Reading& reading, const Register& known, const std::vector<int>& about, Byline byline)
      : reading_(reading), folded_(reading.folded()), known_(known), byline_(byline), about_(about.begin(), about.end()) {}

  std::vector<Finding> find() {
    full_names();
    gather_people();
    scan_forms();
    add(find_introduced_nicknames(reading_));
    add(find_misspelt_names(reading_, known_, people_));
    strangers();
    return std::move(found_);
  }

 private:
  struct Hit {
    Form form;
    std::size_t start;
    std::size_t end;
    Certainty certainty;
  };

  void full_names() {
    std::vector<Hit> hits;
    auto scan = [&](const FoldedText& text, bool broken) {
      known_.full_names().each_hit(text.text(), [&](std::size_t end, std::size_t length, std::uint32_t value) {
        const KnownName& name = known_.names()[value];
        std::size_t start = end - length;
        if (broken) {
          // Only names a break had hidden: those that do not stand in one piece in the note.
          start = folded_.folded(text.source(start));
          end = folded_.folded(text.source(end - 1)) + 1;
          if (end - start == length) return;
        }
        Form form{name.full, main_role(name), Kind::kStudentName, static_cast<int>(value), length < 2, true};
        Certainty certainty = judge(reading_, form, start, end);
        if (certainty == Certainty::kCut) {
          sure_starts_.insert(start);
          sure_ends_.insert(end);
        }
        hits.push_back({std::move(form), start, end, certainty});
        if (length >= 2) about_.insert(static_cast<int>(value));
      });
    };
    scan(folded_, false);
    if (folded_.has_broken_words()) scan(folded_.without_breaks(), true);
    for (const Hit& hit : hits) consider(hit.form, hit.start, hit.end, hit.certainty);
  }

  static Role main_role(const KnownName& name) {
    return name.has(Role::kStudent) ? Role::kStudent : name.has(Role::kGuardian) ? Role::kGuardian : name.has(Role::kOther) ? Role::kOther : Role::kTeacher;
  }

  void gather_people() {
    bool all = known_.pupil_count() <= kAboutAll && known_.names().size() <= 4 * kAboutAll;
    if (all) {
      for (std::size_t i = 0; i < known_.names().size(); ++i) people_.push_back(static_cast<int>(i));
    } else {
      people_.assign(about_.begin(), about_.end());
      std::sort(people_.begin(), people_.end());
    }
  }

  void scan_forms() {
    std::vector<Form> forms;
    for (int person : people_) {
      auto more = short_forms(known_.names()[static_cast<std::size_t>(person)], person);
      forms.insert(forms.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
    }
    std::unordered_map<char32_t, std::vector<const Form*>> by_first;
    for (const Form& form : forms) by_first[form.text[0]].push_back(&form);
    for (std::size_t i = 0; i < folded_.size(); ++i) {
      auto at = by_first.find(folded_.at(i));
      if (at == by_first.end()) continue;
      for (const Form* form : at->second) {
        if (folded_.starts(i, form->text) && !inside_letters(i, i + form->text.size())) consider(*form, i, i + form->text.size(), judge(reading_, *form, i, i + form->text.size()));
      }
    }
  }

  // zxm is no part of a longer word; nor is 张x of 张xiao梅.
  bool inside_letters(std::size_t start, std::size_t end) const {
    auto is_letter = [](char32_t c) { return c >= 'a' && c <= 'z'; };
    bool at_start = start > 0 && is_letter(folded_.at(start)) && is_letter(folded_.at(start - 1)) && !folded_.joined(start);
    return at_start || (is_letter(folded_.at(end - 1)) && is_letter(folded_.at(end)) && !folded_.joined(end));
  }

  void consider(const Form& form, std::size_t start, std::size_t end, Certainty certainty) {
    bool is_word = form.is_full && certainty != Certainty::kCut && end - start >= 2;
    if (is_word && is_beside_a_name(start, end)) certainty = Certainty::kCut;
    if (certainty == Certainty::kStands) return;  // an everyday word
    Finding finding{start, end, form.kind, certainty, certainty == Certainty::kDoubt ? "name_or_word" : "name"};
    finding.is_name = true;
    finding.person = form.person;
    finding.role = role_here(form, start, end, finding);
    if (form.is_full || finding.role != form.role) finding.kind = kind_of_role(finding.role);
    if (finding.title) finding.end = end + finding.title->word.size();
    if (finding.role == Role::kTeacher && byline_ == Byline::kTeachers && bears(form, Role::kTeacher)) finding.certainty = Certainty::kStands;
    found_.push_back(std::move(finding));
  }

  // 方圆和|方小圆: joined with somebody of the register, whose name is no word.
  bool is_beside_a_name(std::size_t start, std::size_t end) const {
    std::size_t before = reading_.listed_before("name_joiners", start), after = reading_.listed_at("name_joiners", end);
    return (after > 0 && sure_starts_.contains(end + after)) || (before > 0 && sure_ends_.contains(start - before));
  }

  bool bears(const Form& form, Role role) const { return form.person >= 0 && known_.names()[static_cast<std::size_t>(form.person)].has(role); }

  static Kind kind_of_role(Role role) {
    return role == Role::kStudent ? Kind::kStudentName : role == Role::kGuardian ? Kind::kGuardianName : role == Role::kTeacher ? Kind::kTeacherName : Kind::kOtherName;
  }

  // Who is meant: the title decides, then the noun before, then the register.
  Role role_here(const Form& form, std::size_t start, std::size_t end, Finding& finding) const {
    finding.title = title_after(reading_, end);
    if (finding.title && finding.title->role == Role::kTeacher) return Role::kTeacher;
    if (finding.title && finding.title->role == Role::kStudent) return bears(form, Role::kStudent) ? Role::kStudent : form.role;
    if (bears(form, Role::kTeacher) && form.role != Role::kTeacher && reading_.listed_before("teacher_nouns", start) > 0) return Role::kTeacher;
    return form.role;
  }

  void strangers() {
    std::unordered_set<std::size_t> known_starts;  // 王强|刚到家 is no 王强刚
    for (const Finding& finding : found_) {
      if (finding.person >= 0 && finding.certainty == Certainty::kCut) known_starts.insert(finding.start);
    }
    std::vector<Finding> strangers = find_strangers(reading_, surnames_of(Role::kStudent), known_);
    add(find_again(reading_, strangers));
    add(find_bynames(reading_));
    for (Finding& finding : strangers) {
      if (!finding.title && known_starts.contains(finding.start)) continue;
      bool is_staff = finding.role == Role::kTeacher && byline_ == Byline::kTeachers && finding.title &&
                      known_.has_teacher_surname(folded_.text().substr(finding.start, finding.end - finding.start - finding.title->word.size()));
      if (is_staff) finding.certainty = Certainty::kStands;
      if (finding.title && finding.title->role == Role::kStudent) finding.person = only_pupil_named(finding);
      found_.push_back(std::move(finding));
    }
  }

  CharacterSet surnames_of(Role role) const {
    CharacterSet surnames;
    for (int person : people_) {
      const KnownName& name = known_.names()[static_cast<std::size_t>(person)];
      if (name.has(role) && name.surname_length == 1) surnames.add(name.full.substr(0, 1));
    }
    return surnames;
  }

  // 王同学 is the one pupil of this note whose surname is 王.
  int only_pupil_named(const Finding& finding) const {
    std::u32string_view called = folded_.text().substr(finding.start, finding.end - finding.start - finding.title->word.size());
    int only = -1;
    for (int person : people_) {
      const KnownName& name = known_.names()[static_cast<std::size_t>(person)];
      if (!name.has(Role::kStudent) || called != std::u32string_view(name.full).substr(0, name.surname_length)) continue;
      if (only >= 0) return -1;
      only = person;
    }
    return only;
  }

  void add(std::vector<Finding> more) { found_.insert(found_.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end())); }

  const Reading& reading_;
  const FoldedText& folded_;
  const Register& known_;
  Byline byline_;
  std::unordered_set<int> about_;
  std::vector<int> people_;
  std::unordered_set<std::size_t> sure_starts_, sure_ends_;  // of full names that are names beyond doubt
  std::vector<Finding> found_;
};

bool is_latin(char32_t c) { return c >= 'a' && c <= 'z'; }

// A name in letters: not a part of a longer word. Blanks were dropped in folding, but are remembered.
bool stands_alone(const FoldedText& folded, std::size_t start, std::size_t end) {
  return (!is_latin(folded.before(start)) || folded.joined(start)) && (!is_latin(folded.at(end)) || folded.joined(end));
}

// “明明，老师来啦”: the first word of a speech, and a comma.
bool is_called(const FoldedText& folded, std::size_t start, std::size_t end) {
  char32_t before = folded.before(start), after = folded.at(end);
  return (before == 0x201C || before == 0x300C || before == '"') && (after == ',' || after == '!' || after == '?' || after == 0x3001);
}

// “蓝天、白云、杨子江”: one of a list of names.
bool is_enumerated(const FoldedText& folded, std::size_t start, std::size_t end) {
  char32_t before = folded.before(start), after = folded.at(end);
  return (before == ':' || before == 0x3001) && (after == 0x3001 || after == ',' || after == ';' || after == 0x3002 || after == '\n' || after == 0);
}

// "2. 雪莲，大运河边": the first word of a line or sentence, set off from what follows.
bool is_heading(const FoldedText& folded, std::size_t start, std::size_t end) {
  char32_t before = folded.before(start), after = folded.at(end);
  bool begins = before == 0 || before == '\n' || before == '.' || before == 0x3002 || before == ',' || before == ';' || before == '(' || before == 0x3001;
  return begins && (after == '(' || after == ')' || (before != ',' && (after == ',' || after == ':' || after == 0x3001)));
}

// What is no name by itself but equals an everyday word: the words beside it decide.
Certainty judge_word(const Reading& reading, const Form& form, std::size_t start, std::size_t end) {
  if (reading.listed_before("word_before", start) > 0 || reading.listed_at("word_after", end) > 0) return Certainty::kStands;
  bool is_adverb = reading.listed_at("adverbs", start) == end - start;
  bool begins_clause = start == 0 || !is_han(reading.folded().before(start));
  if (is_called(reading.folded(), start, end) || is_enumerated(reading.folded(), start, end)) return Certainty::kCut;
  if (is_adverb && !begins_clause && reading.listed_before("person_before", start) + reading.listed_before("person_nouns", start) == 0) return Certainty::kStands;
  const char* nouns = form.role == Role::kStudent ? "child_nouns" : "person_nouns";  // 家长|高度重视 is no pupil
  if (reading.listed_before(nouns, start) > 0 || reading.listed_at("speaks_after", end) > 0) return Certainty::kCut;
  bool person_near = reading.listed_before("person_before", start) > 0 || reading.listed_at("person_after", end) > 0;
  if (is_adverb && begins_clause) return Certainty::kDoubt;
  bool is_made_up = form.kind == Kind::kNickname && !is_doubled(reading.folded(), start, end);  // 小雨, 大海: seldom meant
  if (is_made_up) return person_near ? Certainty::kDoubt : Certainty::kStands;
  bool is_subject = begins_clause && (reading.listed_at("subject_after", end) > 0 || is_heading(reading.folded(), start, end));
  return person_near || is_subject ? Certainty::kCut : Certainty::kDoubt;
}

}  // namespace

const Title* title_after(const Reading& reading, std::size_t end) {
  const Title* title = reading.title_at(end);
  if (!title || title->is_short) return nullptr;
  if (reading.folded().joined(end) && reading.listed_at("field_words", end + title->word.size()) > 0) return nullptr;  // 王小明　家长姓名
  if (reading.word_across_end(end, end + title->word.size())) return nullptr;  // 小明同|学习, 小明家长|期
  if (reading.listed_at("plural", end + title->word.size()) > 0) return nullptr;   // 祝福|老师们
  return title;
}

// kCut: a name; kStands: an everyday word or part of one; kDoubt: could be either.
Certainty judge(const Reading& reading, const Form& form, std::size_t start, std::size_t end) {
  const FoldedText& folded = reading.folded();
  if (folded.before(start) == 0x300A && folded.at(end) == 0x300B) return Certainty::kStands;  // 《边城》
  if (is_latin(folded.at(start))) return stands_alone(folded, start, end) ? Certainty::kCut : Certainty::kStands;
  bool is_word = reading.is_word(start, end);
  bool is_named = title_after(reading, end) != nullptr || reading.listed_before("name_leads", start) > 0;
  if (form.needs_title) {
    bool single = end - start == 1;
    if (!is_named || (single && reading.word_across_start(start, end))) return Certainty::kStands;
    return title_after(reading, end) ? Certainty::kCut : Certainty::kStands;
  }
  if (end - start >= 3 && form.is_full && !is_word && !reading.inside_longer_word(start, end)) return Certainty::kCut;
  if (is_named && !(reading.word_across_start(start, end) && is_word)) return Certainty::kCut;
  if (reading.inside_longer_word(start, end)) return Certainty::kStands;
  bool across_start = reading.word_across_start(start, end), across_end = reading.word_across_end(start, end);
  if (!is_word) return across_start && across_end ? Certainty::kStands : Certainty::kCut;
  return judge_word(reading, form, start, end);
}

bool is_doubled(const FoldedText& folded, std::size_t start, std::size_t end) { return end - start == 2 && folded.at(start) == folded.at(start + 1); }

std::vector<Finding> find_names(const Reading& reading, const Register& known, const std::vector<int>& about, Byline byline) {
  return NameFinder(reading, known, about, byline).find();
}

}  // namespace shide::privacy
