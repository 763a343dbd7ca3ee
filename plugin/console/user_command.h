// shidectl user list | add | slip | disable | enable | reset-second-factor: the colleagues' accounts from the command line, one JSON object a line.
//
//     user list                                             {"login":"0301","name":"...","roles":["teacher"],"disabled":false,...}
//     user add --name N --roles teacher,hr --staff-number 0301 [--login L] [--subject S] [--grade-group G]
//     user slip 0301                                        {"login":"0301","name":"...","password":"kRt7-Wm4x-Qz9p"}
//     user reset-second-factor 0301                         for a lost phone; the password alone is enough again
#pragma once

#include "console/program.h"

namespace shide::console {

/// kFoundWrong for what the rules refuse or a login nobody has, kCouldNot when the database does not answer.
int user_command(const Arguments& arguments, Streams& streams, Environment& environment);

}  // namespace shide::console
