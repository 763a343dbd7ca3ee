/* The one way into shide: a web server, a command line or a test loads libshide.so and speaks HTTP through these functions.
 *
 *     shide_section* section = NULL;
 *     shide_error error = {sizeof error};
 *     shide_settings settings = {sizeof settings};
 *     settings.config_path = shide_text_of("/etc/shide/shide.info");
 *     if (shide_open(&settings, &section, &error) != SHIDE_OK) { log(error.message); shide_error_clear(&error); return; }
 *     ... fork, if the host forks ...
 *     if (shide_start(section, &error) != SHIDE_OK) ...
 *     shide_handle(section, &request, &response);          from any number of threads
 *     shide_stop(section); shide_close(section);
 *
 * The rules, for every function:
 *  1. Calls match   check* (open (start (handle | command | tick)* stop)* close)*.  close stops by itself.
 *  2. open reads and checks the configuration and does nothing else: no thread, no socket, no database handle, no random
 *     state. It may be called before a fork; start is called in each process that serves, after it.
 *  3. Any thread may call handle, command and tick, also at the same time. open, start, stop and close of one instance are
 *     called by one thread at a time. stop waits until every handle, command and tick under way has returned.
 *  4. Every struct begins with its size in bytes, filled in by whoever made it. Fields are only ever added at the end; a
 *     field beyond the given size counts as zero.
 *  5. Text is a pointer and a length, UTF-8, not ended by a zero byte; {NULL, 0} is "none". Text belongs to who made it
 *     and is valid until the call (or callback) returns. Only shide_error.message lives on, until shide_error_clear.
 *  6. No exception and no C++ type crosses, in either direction. A fault inside, memory running out included, comes back as
 *     a code, or from shide_handle as a 500 with an application/problem+json body; the host lives on. Callbacks must not
 *     throw or leave by longjmp.
 *  7. Callbacks are called on the thread of the call, and never after it has returned.
 *  8. An error pointer may be NULL. It is filled only when the code is not SHIDE_OK, and holds no personal data.
 *  9. Codes are numbers for good: new ones are added at the end, none is renumbered or used again.
 * 10. A host does nothing on its own time: work that is due is done in shide_tick. One process ticks (shided), the others
 *     never do; two that tick by mistake do no harm.
 */
#ifndef SHIDE_DOOR_SHIDE_H
#define SHIDE_DOOR_SHIDE_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Raised when a host built against an older header could misread the newer library. */
#define SHIDE_ABI_VERSION 1

#if defined(__GNUC__)
#define SHIDE_EXPORT __attribute__((visibility("default")))
#else
#define SHIDE_EXPORT
#endif

typedef struct shide_section shide_section; /* one section, opened */

enum {
  SHIDE_OK = 0,
  SHIDE_WRONG_ARGUMENT = 1, /* a null pointer, a size too small, a call out of order: the host's own mistake */
  SHIDE_CONFIGURATION = 2,  /* the message names file, line and option */
  SHIDE_UNAVAILABLE = 3,    /* the database or another thing we need does not answer; trying again may help */
  SHIDE_NOT_STARTED = 4,
  SHIDE_PEER_GONE = 5,      /* a write failed: the rest of the answer was dropped */
  SHIDE_OUT_OF_MEMORY = 6,
  SHIDE_INTERNAL = 7        /* a fault of ours */
};

typedef struct shide_text {
  const char* bytes;
  size_t length;
} shide_text;

typedef struct shide_pair { /* a header or an option */
  shide_text name;
  shide_text value;
} shide_pair;

typedef struct shide_error {
  size_t size;
  int32_t code;
  int32_t reserved;
  shide_text message; /* one line a problem, for the operator; free it by shide_error_clear */
} shide_error;

typedef struct shide_settings {
  size_t size;
  shide_text config_path;    /* the configuration file; none: every option at its default */
  shide_text data_directory; /* short for data.directory (SQLite and the photos below it) */
  const shide_pair* options; /* single options that win over the file: {"server.port", "8091"} */
  size_t option_count;
  shide_text language;       /* of messages: "zh-CN" (also when none) or "en" */
  void* log_context;         /* handed to write_log */
  /* The host's own log; NULL: standard error. Takes every event (level 0 error, 1 warning, 2 notice, 3 debug) and leaves out
   * what it does not want; log.level counts only for log.path, which wins over this. Called from any thread that is in a
   * call, from start on. request_id and detail may be none. */
  void (*write_log)(void* context, int32_t level, shide_text event, shide_text request_id, shide_text detail);
} shide_settings;

typedef struct shide_request {
  size_t size;
  shide_text method;         /* "GET" */
  shide_text path;           /* whole and percent-encoded as on the wire: "/shide/staff" */
  shide_text query;          /* after the question mark */
  const shide_pair* headers; /* names in any case; a name may come twice */
  size_t header_count;
  shide_text remote_address; /* "192.0.2.7", no port */
  int32_t is_tls;
  int32_t reserved;
  shide_text mount_prefix;   /* where this host has us: "/shide", "" for the root; none: as configured (server.mount) */
  shide_text request_id;     /* none: one is made */
  shide_text asserted_user;  /* whom the host signed in; believed only with identity.trust_host */
  int64_t deadline_ms;       /* for the whole request; 0: our own */
  void* context;             /* handed to read_body */
  /* Up to `size` bytes of the body into `into`: how many came, 0 = end, < 0 = the peer is gone. NULL: there is no body. */
  int64_t (*read_body)(void* context, char* into, size_t size);
} shide_request;

typedef struct shide_response {
  size_t size;
  void* context; /* handed to both */
  /* Called once, before any write_body. Content-Length is among the headers, but for 204 and 304. < 0 = the peer is gone. */
  int32_t (*write_head)(void* context, int32_t status, const shide_pair* headers, size_t header_count);
  /* How many bytes were taken (fewer than `size` is fine), <= 0 = the peer is gone. May block. Not called for HEAD. */
  int64_t (*write_body)(void* context, const char* bytes, size_t size);
} shide_response;

typedef struct shide_streams {
  size_t size;
  void* context; /* handed to all three */
  int64_t (*read)(void* context, char* into, size_t size); /* 0 = end, < 0 = broken; NULL: nothing to read */
  int64_t (*write_out)(void* context, const char* bytes, size_t size);
  int64_t (*write_err)(void* context, const char* bytes, size_t size);
  int32_t is_terminal; /* a progress bar is welcome */
  int32_t reserved;
} shide_streams;

/* A C string as text; NULL is none. */
static inline shide_text shide_text_of(const char* zero_ended) {
  shide_text text = {zero_ended, zero_ended ? strlen(zero_ended) : 0};
  return text;
}

/* SHIDE_ABI_VERSION of the library. A host compares it with its own before anything else. */
SHIDE_EXPORT int32_t shide_abi_version(void);

/* The release, for people: "0.1.0". Lives as long as the library. */
SHIDE_EXPORT shide_text shide_version(void);

/* Reads and checks the configuration as open does, and forgets it again: for a host's configtest. */
SHIDE_EXPORT int32_t shide_check(const shide_settings* settings, shide_error* error);

/* Whether one option may have this value, for a host that has options in its own configuration. What two options want of each
 * other is told by check. */
SHIDE_EXPORT int32_t shide_check_option(shide_text name, shide_text value, shide_text language, shide_error* error);

/* `*section` is set on SHIDE_OK only. */
SHIDE_EXPORT int32_t shide_open(const shide_settings* settings, shide_section** section, shide_error* error);

/* The value of one option as configured, for the host's own part of the file: "server.port" -> "8090". None for an
 * unknown name. Lives until close. */
SHIDE_EXPORT shide_text shide_option(const shide_section* section, shide_text name);

/* Connects to what the configuration names. SHIDE_UNAVAILABLE may be tried again; handle answers 503 meanwhile. */
SHIDE_EXPORT int32_t shide_start(shide_section* section, shide_error* error);

/* Answers one request. SHIDE_OK: an answer went out, whatever its status. SHIDE_PEER_GONE: it did not arrive whole.
 * SHIDE_WRONG_ARGUMENT: nothing was written. */
SHIDE_EXPORT int32_t shide_handle(shide_section* section, const shide_request* request, const shide_response* response);

/* Runs one operator's command and gives its exit code (0 fine, 1 found something wrong, 2 wrong usage, 3 could not).
 * `arguments` are without the program's name. `section` may be NULL: commands that need a configuration then take it from
 * --config FILE or --data DIR among the arguments. */
SHIDE_EXPORT int32_t shide_command(shide_section* section, int32_t argument_count, const shide_text* arguments,
                                   const shide_streams* streams);

/* Does the work that is due, unless another process is at it. Call it about every worker.interval_seconds. What is due is
 * told by the section's own clock; `now` (microseconds since 1970 UTC, or 0) is the host's, kept for work that must follow it. */
SHIDE_EXPORT int32_t shide_tick(shide_section* section, int64_t now, shide_error* error);

/* Lets go of everything start took hold of. Safe on NULL and when not started. */
SHIDE_EXPORT void shide_stop(shide_section* section);

/* Stops if need be and frees. Safe on NULL. */
SHIDE_EXPORT void shide_close(shide_section* section);

/* Frees the message and makes the struct ready for the next call. Safe on NULL and when empty. */
SHIDE_EXPORT void shide_error_clear(shide_error* error);

#ifdef __cplusplus
}
#endif

#endif
