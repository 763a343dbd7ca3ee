// Who goes along, settled between two colleagues: arts and sports teachers ask a homeroom teacher (S60..S62), and who cannot go
// asks somebody to take the place. The one who is asked says yes or no; silence is neither.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "ports/ports.h"

namespace shide::workflow {

struct WishView {
  model::TeamWish wish;  // version 0: not asked yet
  model::SchoolClass school_class;
  model::Teacher teacher;
  bool club = false;     // by a club, not by lessons
};

struct HandOverView {
  model::HandOver hand_over;
  model::SchoolClass school_class;
  model::Teacher from, to;
};

/// A place in a team that can still be given away, and to whom: the own one, and for a grade leader those of the grade.
struct OpenPlace {
  model::Visit visit;
  model::SchoolClass school_class;
  model::Teacher from;
  std::vector<model::Teacher> colleagues;  // of the grade and who teach the class, without the team
};

/// Everything that concerns one teacher.
struct CoVisitorSheet {
  std::vector<WishView> may_ask;             // for arts and sports: classes taught and clubs led, with what was asked there
  std::vector<WishView> to_answer;           // for homeroom teachers: who would like to come along
  std::vector<OpenPlace> places;            // the own ones first
  std::vector<HandOverView> given;           // of these places, newest first
  std::vector<HandOverView> asked;           // the actor is asked
  /// What waits for the actor's yes or no.
  std::size_t waiting() const;
};

/// How many colleagues wait for the actor's yes or no: the same without the rest, for the teacher's first page.
Result<std::size_t> waiting_colleagues(ports::Ports& ports, const model::Actor& actor, const Id<model::Campaign>& campaign);

Result<CoVisitorSheet> co_visitor_sheet(ports::Ports& ports, const model::Actor& actor);

/// kInvalid "class_id" for a class that is neither taught nor has the teacher's club.
Result<model::TeamWish> ask_to_join(ports::Ports& ports, const model::Actor& actor, const Id<model::SchoolClass>& school_class);
Result<model::TeamWish> withdraw_wish(ports::Ports& ports, const model::Actor& actor, const Id<model::TeamWish>& id);
/// By the homeroom teacher. A yes withdraws the teacher's other wishes: one visit each.
Result<model::TeamWish> answer_wish(ports::Ports& ports, const model::Actor& actor, const Id<model::TeamWish>& id, bool yes);

/// The own place in a team, or for a colleague who cannot ask any more the grade leader; not the homeroom teacher's, and before the
/// visit. kInvalid "to_id" for who cannot be asked.
Result<model::HandOver> hand_over(ports::Ports& ports, const model::Actor& actor, const Id<model::Visit>& visit, const Id<model::Teacher>& from,
                                  const Id<model::Teacher>& to);
Result<model::HandOver> withdraw_hand_over(ports::Ports& ports, const model::Actor& actor, const Id<model::HandOver>& id);
/// With a yes the place, and with it what a member of the team may see, goes from the one to the other at once.
Result<model::HandOver> answer_hand_over(ports::Ports& ports, const model::Actor& actor, const Id<model::HandOver>& id, bool yes);

}  // namespace shide::workflow
