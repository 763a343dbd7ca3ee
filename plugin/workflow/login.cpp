#include "workflow/login.h"

#include "base/text.h"

namespace shide::workflow {

std::string fold_login(std::string_view line) { return lower_ascii(to_half_width(line)); }

std::string check_login(FieldCheck& check, std::string_view path, std::string_view raw) {
  std::string login = fold_login(check.line(path, raw, {1, 60}));
  if (login.find(' ') != std::string::npos) check.problem(path, {"people.login_blank"});
  return login;
}

Error login_taken(Error error) {
  if (error.code != ErrorCode::kDuplicate) return error;
  return Error{ErrorCode::kInvalid, {"error.invalid", {{"count", 1}}}}.with("login", {"people.login_taken"});
}

}  // namespace shide::workflow
