<?php
/**
 * The page of the settings, below "Settings", with a look at whether they work.
 *
 * @package Shide
 */

defined( 'ABSPATH' ) || exit;

/**
 * The entry below "Settings".
 */
function shide_add_settings_page() {
	add_options_page( __( 'Teachers\' conduct', 'shide' ), __( 'Teachers\' conduct', 'shide' ), 'shide_manage', 'shide-settings', 'shide_show_settings' );
}
add_action( 'admin_menu', 'shide_add_settings_page' );

/**
 * A link beside "Deactivate".
 *
 * @param string[] $links Those there are.
 * @return string[]
 */
function shide_add_settings_link( $links ) {
	array_unshift( $links, '<a href="' . esc_url( admin_url( 'options-general.php?page=shide-settings' ) ) . '">' . esc_html__( 'Settings', 'shide' ) . '</a>' );
	return $links;
}
add_filter( 'plugin_action_links_' . plugin_basename( SHIDE_PLUGIN_FILE ), 'shide_add_settings_link' );

/**
 * What does not work, in words.
 *
 * @return string[]
 */
function shide_problems() {
	$problems = array();
	if ( '' === shide_section_url() ) {
		$problems[] = __( 'The address of the section is not set yet.', 'shide' );
	} elseif ( 200 !== (int) wp_remote_retrieve_response_code( shide_call( '/ready', array( 'timeout' => 3 ) ) ) ) {
		/* translators: %s: an address. */
		$problems[] = sprintf( __( 'The section does not answer this server at %s. Check the address, and that the section is running.', 'shide' ), shide_inner_url() );
	}
	if ( '' !== shide_key_problem( shide_key_file() ) ) {
		$problems[] = shide_key_problem( shide_key_file() );
	}
	return $problems;
}

/**
 * One field of the form.
 *
 * @param string $name  Of the setting.
 * @param string $label In words.
 * @param string $help  Below it.
 * @param string $type  Of the input.
 */
function shide_show_field( $name, $label, $help, $type = 'text' ) {
	$id = 'shide_' . $name;
	printf(
		'<tr><th scope="row"><label for="%1$s">%2$s</label></th><td><input class="regular-text" id="%1$s" name="shide_settings[%3$s]" type="%4$s" value="%5$s" aria-describedby="%1$s_help"><p class="description" id="%1$s_help">%6$s</p></td></tr>',
		esc_attr( $id ),
		esc_html( $label ),
		esc_attr( $name ),
		esc_attr( $type ),
		esc_attr( (string) shide_settings()[ $name ] ),
		esc_html( $help )
	);
}

/**
 * The page.
 */
function shide_show_settings() {
	if ( ! current_user_can( 'shide_manage' ) ) {
		return;
	}
	echo '<div class="wrap"><h1>' . esc_html__( 'Teachers\' conduct', 'shide' ) . '</h1>';
	$problems = shide_problems();
	$refused  = array_filter( get_settings_errors( 'shide_settings' ), static fn( $one ) => 'error' === $one['type'] );
	if ( array() === $problems && array() === $refused ) {
		echo '<div class="notice notice-success is-dismissible"><p>' . esc_html__( 'The section answers and the key can be used.', 'shide' ) . '</p></div>';
	}
	foreach ( $problems as $problem ) {
		echo '<div class="notice notice-warning is-dismissible"><p>' . esc_html( $problem ) . '</p></div>';
	}
	echo '<form method="post" action="options.php">';
	settings_fields( 'shide' ); // With its nonce.
	echo '<table class="form-table" role="presentation">';
	shide_show_field( 'section_url', __( 'Address of the section', 'shide' ), __( 'As browsers open it, such as https://www.example.edu.cn/shide.', 'shide' ), 'url' );
	shide_show_field( 'inner_url', __( 'Address for this server', 'shide' ), __( 'Only where this server reaches the section by another address, such as http://127.0.0.1:8090/shide.', 'shide' ), 'url' );
	if ( defined( 'SHIDE_KEY_FILE' ) ) {
		echo '<tr><th scope="row">' . esc_html__( 'Key file', 'shide' ) . '</th><td><code>' . esc_html( SHIDE_KEY_FILE ) . '</code><p class="description">' . esc_html__( 'Named in wp-config.php.', 'shide' ) . '</p></td></tr>';
	} else {
		shide_show_field( 'key_file', __( 'Key file', 'shide' ), __( 'The same file, or the same line, as the section\'s site.ticket_key_file. It lies outside this site and others cannot read it.', 'shide' ) );
	}
	shide_show_field( 'count', __( 'Pieces in a list', 'shide' ), __( 'From 1 to 20, where block or shortcode say nothing else.', 'shide' ), 'number' );
	echo '</table>';
	submit_button();
	echo '</form></div>';
}
