// The piece of paper that lets a colleague in once (D13): a code, as letters and as a picture that a phone reads. It opens the page on
// which a password is chosen, for two weeks and until one is; a new slip makes the one before it and the old password void.
//
//     new_slip(ports, administrator, id)  ->  {account, "kRt7-Wm4x-Qz9p", ...}     shown once, kept only as a hash
//     workflow/sign_in.h: enter_by_slip(ports, "kRt7-Wm4x-Qz9p", "a password of my own")
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/school.h"
#include "ports/ports.h"

namespace shide::workflow {

inline constexpr std::int64_t kSlipLife = 14 * kDay;  // microseconds
inline constexpr std::size_t kMostSlips = 500;        // printed at once

struct Slip {
  model::Account account;
  std::string code;
  Time expires_at;
};

/// Whom to print for. Nobody who has a password of their own is among them.
enum class SlipsFor { kNone, kWithoutSlip, kNotEntered };
constexpr auto codes(SlipsFor) { return std::to_array<std::string_view>({"none", "without_slip", "not_entered"}); }

/// How many each choice means now.
struct SlipCounts {
  std::size_t without_slip = 0;  // never had one, or it has expired
  std::size_t not_entered = 0;   // the same, and who has one that was not used
};

/// For the IT administrator. Ends the person's sessions and any delay.
Result<Slip> new_slip(ports::Ports& ports, const model::Actor& actor, const Id<model::Account>& id);
/// By name, at most kMostSlips: the rest when these are printed.
Result<std::vector<Slip>> new_slips(ports::Ports& ports, const model::Actor& actor, SlipsFor whom);
Result<SlipCounts> slip_counts(ports::Ports& ports, const model::Actor& actor);

/// The slip of a code as it was typed, while signing in of whatever school; kNotFound for one that is wrong, expired or void.
Result<model::SignInSlip> slip_of(ports::Unit& unit, const Id<model::School>& school, std::string_view code, Time now);
Result<void> void_slips(ports::Unit& unit, const Id<model::School>& school, const Id<model::Account>& account);
/// Slips that are good at `now`, of the whole school.
Result<std::vector<model::SignInSlip>> good_slips(ports::Unit& unit, const Id<model::School>& school, Time now);

}  // namespace shide::workflow
