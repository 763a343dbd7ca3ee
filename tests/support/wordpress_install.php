<?php
/**
 * Makes the test's site out of an empty database; run again it changes nothing.
 * Users: admin, teacher (an author), and publisher, who writes the copies and may do no more than that. What they sign in with
 * stands in DIR/<login>.password; for admin and publisher it is an application password, as programs use it.
 */

[$directory] = $arguments;
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
require_once ABSPATH . 'wp-admin/includes/plugin.php';

const TEACHER_PASSWORD = 'teacher-of-the-test';

function keep_secret(string $file, string $secret): void {
    umask(0077);
    file_put_contents($file, $secret);
}

function make_site_user(string $login, string $name, string $role, string $password): int {
    return wp_insert_user([
        'user_login' => $login, 'user_pass' => $password, 'role' => $role,
        'user_email' => "$login@example.invalid", 'display_name' => $name,
    ]);
}

function make_site_password(int $user): string {
    return WP_Application_Passwords::create_new_application_password($user, ['name' => 'shide'])[0];
}

if (is_blog_installed()) {
    return;
}
$admin = wp_install('示例小学工会网', 'admin', 'admin@example.invalid', false, '', wp_generate_password(24), 'zh_CN')['user_id'];
update_option('permalink_structure', '/%postname%/');
update_option('timezone_string', 'Asia/Shanghai');
wp_insert_term('师德师风活动', 'category', ['slug' => 'shide']);
make_site_user('teacher', '王老师', 'author', TEACHER_PASSWORD);
keep_secret("$directory/teacher.password", TEACHER_PASSWORD);
keep_secret("$directory/admin.password", make_site_password($admin));
keep_secret("$directory/publisher.password", make_site_password(make_site_user('publisher', '师德师风活动', 'author', wp_generate_password(24))));
flush_rewrite_rules();
