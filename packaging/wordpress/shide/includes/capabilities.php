<?php
/**
 * Who may do what here, by capability. A role of the site decides nothing inside the section: the section knows its own.
 *
 * @package Shide
 */

defined( 'ABSPATH' ) || exit;

/**
 * Our capabilities, and the one of WordPress each stands for. Nothing is stored, so nothing is left behind.
 *
 * @return string[]
 */
function shide_capabilities() {
	/**
	 * Filters the map, for a site whose teachers hold another capability.
	 *
	 * @param string[] $map Our capability => one that users of this site hold.
	 */
	return apply_filters(
		'shide_capabilities',
		array(
			'shide_enter'  => 'edit_posts',     // Staff: goes on to the section, signed in.
			'shide_manage' => 'manage_options', // Settings of this plugin.
		)
	);
}

/**
 * Translates ours when WordPress asks.
 *
 * @param string[] $caps    What the user needs.
 * @param string   $cap     What was asked.
 * @param int      $user_id Who.
 * @return string[]
 */
function shide_map_capability( $caps, $cap, $user_id ) {
	$map = 0 === strpos( (string) $cap, 'shide_' ) ? shide_capabilities() : array();
	return isset( $map[ $cap ] ) ? array( $map[ $cap ] ) : $caps;
}
add_filter( 'map_meta_cap', 'shide_map_capability', 10, 3 );
