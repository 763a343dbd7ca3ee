<?php
/**
 * Takes away what this plugin put into WordPress. Visits, notes, archives and scores are not here: they belong to the section and are
 * never deleted by uninstalling. To take them with you: shidectl backup, shidectl export.
 *
 * @package Shide
 */

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

/**
 * On one site.
 */
function shide_uninstall_here() {
	delete_option( 'shide_settings' );
	delete_transient( 'shide_pieces' );
	wp_unschedule_hook( 'shide_tell_again' );
}

if ( is_multisite() ) {
	foreach ( get_sites( array( 'fields' => 'ids', 'number' => 0 ) ) as $shide_site ) { // phpcs:ignore WordPress.Arrays
		switch_to_blog( $shide_site );
		shide_uninstall_here();
		restore_current_blog();
	}
} else {
	shide_uninstall_here();
}
