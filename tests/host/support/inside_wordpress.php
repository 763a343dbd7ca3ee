<?php
// What the tests of the bridge ask of the site itself: `tests/support/wordpress php DIR inside_wordpress.php VERB ARGUMENTS...`, one
// line of JSON out. Every verb is a process of its own, as a click is.
require_once ABSPATH . 'wp-admin/includes/plugin.php';
require_once ABSPATH . 'wp-admin/includes/template.php';
require_once ABSPATH . 'wp-admin/includes/user.php';

[$verb] = $arguments;
$plugin = 'shide/shide.php';

function traces_of_shide(): array {
    global $wpdb;
    $found = [];
    foreach (['options' => 'option_name', 'usermeta' => 'meta_key', 'postmeta' => 'meta_key'] as $table => $column) {
        $found = array_merge($found, $wpdb->get_col("SELECT $column FROM {$wpdb->prefix}$table WHERE $column LIKE '%shide%'"));
    }
    foreach (_get_cron_array() ?: [] as $hooks) {
        if (is_array($hooks)) $found = array_merge($found, array_values(array_filter(array_keys($hooks), fn($hook) => str_contains($hook, 'shide'))));
    }
    foreach (wp_roles()->roles as $role) {
        $found = array_merge($found, array_values(array_filter(array_keys($role['capabilities']), fn($name) => str_contains($name, 'shide'))));
    }
    return $found;
}

function words_about(array $typed): array {
    $kept = shide_clean_settings($typed);
    return ['kept' => $kept, 'errors' => array_column(get_settings_errors('shide_settings'), 'code')];
}

switch ($verb) {
    case 'activate':
        $error = activate_plugin($plugin);
        $answer = is_wp_error($error) ? $error->get_error_message() : 'active';
        break;
    case 'deactivate':
        deactivate_plugins($plugin);
        $answer = 'inactive';
        break;
    case 'uninstall':
        uninstall_plugin($plugin);
        $answer = 'uninstalled';
        break;
    case 'round':  // once through a plugin's life; a process each, since WordPress includes uninstall.php once
        $error = activate_plugin($plugin);
        do_action('admin_init');
        update_option('shide_settings', shide_clean_settings(json_decode($arguments[1], true)));
        shide_tell(1, 'x');
        shide_pieces();
        $was = get_option('shide_settings');
        deactivate_plugins($plugin);
        uninstall_plugin($plugin);
        $answer = is_wp_error($error) ? $error->get_error_message() : $was['count'];
        break;
    case 'options':  // all of them, and whatever else is ours
        global $wpdb;
        $answer = ['options' => $wpdb->get_col("SELECT option_name FROM {$wpdb->options} WHERE option_name NOT LIKE '\\_%transient%' AND option_name NOT LIKE 'theme_mods%' ORDER BY option_name"), 'ours' => traces_of_shide()];
        break;
    case 'settings':
        update_option('shide_settings', shide_clean_settings(json_decode($arguments[1], true)));
        $answer = ['stored' => get_option('shide_settings'), 'errors' => array_column(get_settings_errors('shide_settings'), 'code')];
        break;
    case 'check':
        $answer = words_about(json_decode($arguments[1], true));
        break;
    case 'page':
        $answer = get_permalink(wp_insert_post(['post_type' => 'page', 'post_status' => 'publish', 'post_title' => 'x', 'post_content' => wp_slash($arguments[1])]));
        break;
    case 'front':
        $page = wp_insert_post(['post_type' => 'page', 'post_status' => 'publish', 'post_title' => $arguments[1], 'post_content' => wp_slash($arguments[2])]);
        update_option('show_on_front', 'page');
        update_option('page_on_front', $page);
        $answer = home_url('/');
        break;
    case 'fill':  // so many posts in the section's category
        for ($i = 1; $i <= (int) $arguments[1]; ++$i) {
            wp_insert_post(['post_status' => 'publish', 'post_title' => "家访摘要 $i", 'post_category' => [get_term_by('slug', 'shide', 'category')->term_id],
                'post_content' => '<!-- wp:paragraph --><p>' . str_repeat('本月走访的家庭里，孩子们都说起了书。', 12) . '</p><!-- /wp:paragraph -->']);
        }
        $answer = get_term_link('shide', 'category');
        break;
    case 'user':
        $answer = wp_insert_user(['user_login' => $arguments[1], 'user_pass' => $arguments[2], 'role' => $arguments[3], 'user_email' => "$arguments[1]@example.invalid"]);
        break;
    case 'role':
        get_user_by('login', $arguments[1])->set_role($arguments[2]);
        $answer = 'set';
        break;
    case 'permalinks':
        update_option('permalink_structure', $arguments[1]);
        flush_rewrite_rules();
        $answer = 'set';
        break;
    case 'classic':  // a theme of the old kind, with everything in it that must not come along
        $folder = get_theme_root() . '/classic';
        wp_mkdir_p($folder);
        file_put_contents("$folder/style.css", "/*\nTheme Name: classic\n*/\nbody { color: #111 }\n");
        file_put_contents("$folder/index.php", '<?php get_header(); while (have_posts()) { the_post(); the_content(); } get_footer();');
        file_put_contents("$folder/functions.php", '<?php add_action("wp_enqueue_scripts", function () { wp_enqueue_style("classic", get_stylesheet_uri()); });');
        file_put_contents("$folder/header.php", '<!DOCTYPE html><html><head><meta charset="utf-8"><base href="https://elsewhere.example/"><?php wp_head(); ?><script>alert(1)</script></head>'
            . '<body <?php body_class(); ?> onload="alert(1)"><div id="page"><header id="masthead" style="background:url(/a.png)"><h2 onclick="alert(1)">旧式主题</h2>'
            . '<a href="javascript:alert(1)">x</a><img src="x" onerror="alert(1)" alt=""><iframe src="https://elsewhere.example/"></iframe><form action="/" method="post"><input type="password" name="p"></form></header><main id="content">');
        file_put_contents("$folder/footer.php", '</main><footer id="colophon">页脚</footer></div><?php wp_footer(); ?></body></html>');
        switch_theme('classic');
        $answer = get_stylesheet();
        break;
    case 'forget':
        delete_transient('shide_pieces');
        $answer = 'forgotten';
        break;
    case 'copies':  // whatever stands under that name, also in the bin
        global $wpdb;
        $found = $wpdb->get_results($wpdb->prepare("SELECT * FROM {$wpdb->posts} WHERE post_type = 'post' AND post_name LIKE %s", $arguments[1] . '%'));
        $answer = array_map(fn($one) => ['name' => $one->post_name, 'status' => $one->post_status, 'content' => $one->post_content, 'comments' => $one->comment_status, 'author' => get_userdata($one->post_author)->user_login,
            'categories' => wp_get_post_categories($one->ID, ['fields' => 'slugs'])], $found);
        break;
    case 'category':
        $answer = wp_insert_term($arguments[1], 'category', ['slug' => $arguments[2]])['term_id'];
        break;
    case 'edit_copy':  // as somebody in the editor does, and a plugin that counts readers
        [$copy] = get_posts(['name' => $arguments[1], 'post_status' => 'publish']);
        wp_update_post(['ID' => $copy->ID, 'post_content' => wp_slash($copy->post_content . $arguments[2])]);
        update_post_meta($copy->ID, 'views', 41);
        $answer = 'edited';
        break;
    case 'end_sessions':
        WP_Session_Tokens::get_instance(get_user_by('login', $arguments[1])->ID)->destroy_all();
        $answer = 'ended';
        break;
    default:
        $answer = "no verb $verb";
}
echo json_encode($answer, JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES), "\n";
