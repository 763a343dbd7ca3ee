/* mod_shide: the section inside Apache 2.4, by the door and nothing else. Works on event, worker and prefork.
 *
 *     LoadModule shide_module modules/mod_shide.so
 *     <Location "/shide">
 *       SetHandler shide
 *       ShideConfig /etc/shide/shide.info
 *     </Location>
 *
 * Our paths are no files, so WordPress's .htaccess is not read for them; where its rewrite stands in a <Directory> of the
 * server, add RewriteEngine Off to the Location.
 *
 * The configuration is checked when Apache checks its own, opened before the fork and started in each child after it. The
 * mount prefix is the path of the Location; at server level it is server.mount of the file. This host never ticks: jobs run
 * in shided or `shidectl worker`.
 */
#include <httpd.h>

#include <ap_expr.h>
#include <apr_strings.h>
#include <apr_thread_mutex.h>
#include <http_config.h>
#include <http_core.h>
#include <http_log.h>
#include <http_protocol.h>
#include <http_request.h>

#include "door/shide.h"

module AP_MODULE_DECLARE_DATA shide_module;
APLOG_USE_MODULE(shide);

/* One configuration file, and the section opened from it. Two Locations with the same file share it. */
typedef struct {
  const char* config_path;
  shide_section* section; /* set in post_config */
  /* in a child: */
  int started;
  apr_time_t tried_at;
  apr_thread_mutex_t* mutex; /* around the two above */
} instance;

typedef struct {
  const char* mount; /* NULL: as configured */
  instance* instance;
} location;

static apr_array_header_t* instances; /* of instance*, in the configuration pool, made anew by pre_config */

static shide_text text_of(const char* text) { return shide_text_of(text); }

static shide_settings settings_of(const instance* one) {
  shide_settings settings = {0};
  settings.size = sizeof settings;
  settings.config_path = text_of(one->config_path);
  settings.language = text_of("en"); /* Apache's log escapes everything else */
  return settings;
}

static instance* instance_at(int index) { return APR_ARRAY_IDX(instances, index, instance*); }

/* ---- configuration ---- */

static void* create_location(apr_pool_t* pool, char* path) {
  location* here = apr_pcalloc(pool, sizeof *here);
  if (path) {
    size_t length = strlen(path);
    while (length > 0 && path[length - 1] == '/') --length;
    here->mount = apr_pstrndup(pool, path, length);
  }
  return here;
}

static void* merge_location(apr_pool_t* pool, void* outer, void* inner) {
  (void)pool;
  return ((location*)inner)->instance ? inner : outer;
}

static const char* set_config(cmd_parms* command, void* config, const char* file) {
  location* here = config;
  const char* wrong = ap_check_cmd_context(command, NOT_IN_DIRECTORY | NOT_IN_FILES | NOT_IN_HTACCESS | NOT_IN_LIMIT);
  if (wrong) return wrong;
  if (command->path && command->path[0] != '/') return "ShideConfig belongs in <Location \"/path\">, not in a pattern";
  file = ap_server_root_relative(command->pool, file);
  if (!file) return "ShideConfig: not the name of a file";
  for (int i = 0; i < instances->nelts; ++i) {
    if (strcmp(instance_at(i)->config_path, file) == 0) here->instance = instance_at(i);
  }
  if (!here->instance) {
    here->instance = apr_pcalloc(command->pool, sizeof *here->instance);
    here->instance->config_path = file;
    APR_ARRAY_PUSH(instances, instance*) = here->instance;
  }
  return NULL;
}

static const command_rec commands[] = {
    AP_INIT_TAKE1("ShideConfig", set_config, NULL, RSRC_CONF | ACCESS_CONF, "the configuration file of the section served here"),
    {NULL}};

static int make_list(apr_pool_t* config, apr_pool_t* log, apr_pool_t* temporary) {
  (void)log;
  (void)temporary;
  instances = apr_array_make(config, 1, sizeof(instance*));
  if (shide_abi_version() == SHIDE_ABI_VERSION) return OK;
  ap_log_error(APLOG_MARK, APLOG_CRIT, 0, NULL, "mod_shide and libshide.so are of different releases");
  return HTTP_INTERNAL_SERVER_ERROR;
}

static int complain(server_rec* server, const char* what, const instance* one, shide_error* error) {
  ap_log_error(APLOG_MARK, APLOG_ERR, 0, server, "shide %s (%s): %s", what, one->config_path,
               error->message.bytes ? error->message.bytes : "no reason given");
  shide_error_clear(error);
  return HTTP_INTERNAL_SERVER_ERROR;
}

static int check_sections(apr_pool_t* config, apr_pool_t* log, apr_pool_t* temporary, server_rec* server) {
  (void)config;
  (void)log;
  (void)temporary;
  for (int i = 0; i < instances->nelts; ++i) {
    shide_error error = {sizeof error, 0, 0, {NULL, 0}};
    shide_settings settings = settings_of(instance_at(i));
    if (shide_check(&settings, &error) != SHIDE_OK) return complain(server, "configuration", instance_at(i), &error);
  }
  return OK;
}

static apr_status_t close_section(void* data) {
  shide_close(((instance*)data)->section);
  ((instance*)data)->section = NULL;
  return APR_SUCCESS;
}

static int open_sections(apr_pool_t* config, apr_pool_t* log, apr_pool_t* temporary, server_rec* server) {
  (void)log;
  (void)temporary;
  if (ap_state_query(AP_SQ_MAIN_STATE) == AP_SQ_MS_CREATE_PRE_CONFIG) return OK; /* Apache's first pass is only a trial */
  for (int i = 0; i < instances->nelts; ++i) {
    instance* one = instance_at(i);
    shide_error error = {sizeof error, 0, 0, {NULL, 0}};
    shide_settings settings = settings_of(one);
    if (shide_open(&settings, &one->section, &error) != SHIDE_OK) return complain(server, "cannot be opened", one, &error);
    apr_pool_cleanup_register(config, one, close_section, apr_pool_cleanup_null);
  }
  return OK;
}

/* ---- in each child ---- */

static apr_status_t stop_section(void* data) {
  shide_stop(((instance*)data)->section);
  return APR_SUCCESS;
}

static void try_to_start(instance* one, server_rec* server) {
  shide_error error = {sizeof error, 0, 0, {NULL, 0}};
  one->tried_at = apr_time_now();
  one->started = shide_start(one->section, &error) == SHIDE_OK;
  if (!one->started) complain(server, "cannot start", one, &error);
}

static void start_sections(apr_pool_t* child, server_rec* server) {
  for (int i = 0; i < instances->nelts; ++i) {
    instance* one = instance_at(i);
    apr_thread_mutex_create(&one->mutex, APR_THREAD_MUTEX_DEFAULT, child);
    try_to_start(one, server);
    apr_pool_cleanup_register(child, one, stop_section, apr_pool_cleanup_null);
  }
}

/* The database may come up after Apache: tried again every five seconds, by whoever asks. */
static void start_late(instance* one, server_rec* server) {
  apr_thread_mutex_lock(one->mutex);
  if (!one->started && apr_time_now() - one->tried_at > apr_time_from_sec(5)) try_to_start(one, server);
  apr_thread_mutex_unlock(one->mutex);
}

/* ---- a request ---- */

static int64_t read_body(void* context, char* into, size_t size) { return ap_get_client_block(context, into, size); }

static int32_t write_head(void* context, int32_t status, const shide_pair* headers, size_t count) {
  request_rec* r = context;
  r->status = status;
  for (size_t i = 0; i < count; ++i) {
    const char* name = apr_pstrmemdup(r->pool, headers[i].name.bytes, headers[i].name.length);
    const char* value = apr_pstrmemdup(r->pool, headers[i].value.bytes, headers[i].value.length);
    if (strcasecmp(name, "Content-Type") == 0) ap_set_content_type(r, value);
    else if (strcasecmp(name, "Content-Length") == 0) ap_set_content_length(r, apr_atoi64(value));
    else apr_table_addn(r->headers_out, name, value);
  }
  return r->connection->aborted ? -1 : 0;
}

static int64_t write_body(void* context, const char* bytes, size_t size) {
  request_rec* r = context;
  return r->connection->aborted ? -1 : ap_rwrite(bytes, (int)size, r);
}

static int add_header(void* list, const char* name, const char* value) {
  shide_pair* pair = apr_array_push(list);
  pair->name = text_of(name);
  pair->value = text_of(value);
  return 1;
}

static int serve(request_rec* r, const location* here) {
  int wrong = ap_setup_client_block(r, REQUEST_CHUNKED_DECHUNK);
  if (wrong != OK) return wrong;
  apr_array_header_t* headers = apr_array_make(r->pool, 32, sizeof(shide_pair));
  apr_table_do(add_header, headers, r->headers_in, NULL);

  shide_request request = {0};
  request.size = sizeof request;
  request.method = text_of(r->method);
  request.path = text_of(r->parsed_uri.path); /* r->uri is decoded already */
  request.query = text_of(r->args);
  request.headers = (const shide_pair*)headers->elts;
  request.header_count = (size_t)headers->nelts;
  request.remote_address = text_of(r->useragent_ip);
  request.is_tls = strcmp(ap_http_scheme(r), "https") == 0;
  request.mount_prefix = text_of(here->mount);
  request.request_id = text_of(apr_table_get(r->subprocess_env, "UNIQUE_ID"));
  request.asserted_user = text_of(r->user);
  request.context = r;
  if (ap_should_client_block(r)) request.read_body = read_body;

  shide_response response = {sizeof response, r, write_head, write_body};
  return shide_handle(here->instance->section, &request, &response) == SHIDE_WRONG_ARGUMENT ? HTTP_INTERNAL_SERVER_ERROR : OK;
}

static int handle(request_rec* r) {
  const location* here = ap_get_module_config(r->per_dir_config, &shide_module);
  if (!r->handler || strcmp(r->handler, "shide") != 0 || !here->instance) return DECLINED;
  start_late(here->instance, r->server);
  return serve(r, here);
}

static int is_ours(request_rec* r) {
  const core_dir_config* core = ap_get_core_module_config(r->per_dir_config);
  const location* here = ap_get_module_config(r->per_dir_config, &shide_module);
  if (!here->instance) return 0;
  const char* wrong = NULL; /* since 2.4.60 SetHandler keeps an expression */
  const char* handler = core->expr_handler ? ap_expr_str_exec(r, core->expr_handler, &wrong) : core->handler;
  return !wrong && handler && strcmp(handler, "shide") == 0;
}

/* Our paths name no file: otherwise Apache would look for one (a long address gets 403) and read .htaccess on the way. A
 * redirect of the whole server, to https say, still comes first. */
static int keep_from_files(request_rec* r) {
  if (!is_ours(r)) return DECLINED;
  r->filename = apr_pstrdup(r->pool, "shide:");
  return OK;
}
static int keep_from_storage(request_rec* r) { return is_ours(r) ? OK : DECLINED; }

static void register_hooks(apr_pool_t* pool) {
  (void)pool;
  ap_hook_pre_config(make_list, NULL, NULL, APR_HOOK_MIDDLE);
  ap_hook_check_config(check_sections, NULL, NULL, APR_HOOK_MIDDLE);
  ap_hook_post_config(open_sections, NULL, NULL, APR_HOOK_MIDDLE);
  ap_hook_child_init(start_sections, NULL, NULL, APR_HOOK_MIDDLE);
  ap_hook_translate_name(keep_from_files, NULL, NULL, APR_HOOK_LAST);
  ap_hook_map_to_storage(keep_from_storage, NULL, NULL, APR_HOOK_FIRST);
  ap_hook_handler(handle, NULL, NULL, APR_HOOK_MIDDLE);
}

module AP_MODULE_DECLARE_DATA shide_module = {
    STANDARD20_MODULE_STUFF, create_location, merge_location, NULL, NULL, commands, register_hooks, AP_MODULE_FLAG_NONE};
