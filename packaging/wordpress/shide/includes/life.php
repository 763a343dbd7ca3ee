<?php
/**
 * From activation to deactivation: nothing is made that cannot be taken away again. What uninstalling removes: uninstall.php.
 *
 * @package Shide
 */

defined( 'ABSPATH' ) || exit;

/**
 * Refuses a server that is too old, with words rather than a white page.
 */
function shide_activate() {
	if ( version_compare( PHP_VERSION, '7.4', '<' ) || version_compare( get_bloginfo( 'version' ), '6.0', '<' ) ) {
		deactivate_plugins( plugin_basename( SHIDE_PLUGIN_FILE ) );
		wp_die( esc_html__( 'This plugin needs WordPress 6.0 and PHP 7.4 or newer.', 'shide' ), '', array( 'back_link' => true ) );
	}
}
register_activation_hook( SHIDE_PLUGIN_FILE, 'shide_activate' );

/**
 * Forgets what is only kept for speed, and what was still to be told; the settings stay.
 */
function shide_deactivate() {
	wp_unschedule_hook( 'shide_tell_again' );
	shide_forget_pieces();
}
register_deactivation_hook( SHIDE_PLUGIN_FILE, 'shide_deactivate' );

/**
 * Words in the site's language.
 */
function shide_load_words() {
	load_plugin_textdomain( 'shide', false, dirname( plugin_basename( SHIDE_PLUGIN_FILE ) ) . '/languages' );
}
add_action( 'init', 'shide_load_words', 1 );
