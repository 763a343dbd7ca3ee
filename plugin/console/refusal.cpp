#include "console/refusal.h"

namespace shide::console {

int refuse(const Error& error, Streams& streams) {
  tell(error, streams);
  bool could_not = error.code == ErrorCode::kUnavailable || error.code == ErrorCode::kBusy || error.code == ErrorCode::kInternal;
  return could_not ? kCouldNot : kFoundWrong;
}

int refuse_school(const Error& error, Streams& streams) {
  if (error.code != ErrorCode::kNotFound) return refuse(error, streams);
  streams.err(render({"console.no_school"}, streams.language) + "\n");
  return kFoundWrong;
}

}  // namespace shide::console
