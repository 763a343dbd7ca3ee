// A pupil is forgotten (PIPL 47; the school's decision, on paper before it is typed): every post that was drawn from a visit to the
// pupil is withdrawn, the data key is destroyed, the line in the register and the photos go. What stays are rows without a name, so
// that last year's sums remain what they were.
//
//     erase_student(ports, actor, "20200311", "监护人 1 月 24 日书面要求")  ->  {visits 2, photos 4, posts 1}
#pragma once

#include <string>

#include "base/result.h"
#include "model/actor.h"
#include "ports/ports.h"

namespace shide::workflow {

/// What it met. `posts` were withdrawn with it, digests of several families among them: they can be composed anew without this one.
struct ErasedStudent {
  std::int64_t visits = 0;
  std::int64_t photos = 0;
  std::int64_t posts = 0;
};

/// `student_number` names one pupil of the newest school year it occurs in. kInvalid without a reason, kNotFound for no such pupil.
Result<ErasedStudent> erase_student(ports::Ports& ports, const model::Actor& actor, const std::string& student_number, const std::string& reason);

}  // namespace shide::workflow
