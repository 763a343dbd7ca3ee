<?php
/**
 * The way to the section: an entry in the dashboard's menu and one in the bar above every page, for staff.
 *
 * @package Shide
 */

defined( 'ABSPATH' ) || exit;

/**
 * Where staff enter, signed in on the way.
 *
 * @return string
 */
function shide_entry_url() {
	return shide_section_url() . '/site/sign-in';
}

/**
 * The entry in the menu.
 */
function shide_add_menu() {
	add_menu_page( __( 'Teachers\' conduct', 'shide' ), __( 'Teachers\' conduct', 'shide' ), 'shide_enter', 'shide', 'shide_show_entry', 'dashicons-welcome-learn-more', 26 );
}
add_action( 'admin_menu', 'shide_add_menu' );

/**
 * Its page: the way in, and what is new.
 */
function shide_show_entry() {
	if ( ! current_user_can( 'shide_enter' ) ) {
		return;
	}
	echo '<div class="wrap"><h1>' . esc_html__( 'Teachers\' conduct', 'shide' ) . '</h1>';
	if ( '' === shide_section_url() ) {
		echo '<p>' . esc_html__( 'The address of the section is not set yet. Please ask the administrator of this site.', 'shide' ) . '</p></div>';
		return;
	}
	echo '<p>' . esc_html__( 'Visits, notes and your own archive are in the section. You are signed in there with your account here.', 'shide' ) . '</p>';
	echo '<p><a class="button button-primary" href="' . esc_url( shide_entry_url() ) . '">' . esc_html__( 'Enter the section', 'shide' ) . '</a></p>';
	echo wp_kses_post( shide_render_pieces( array() ) ) . '</div>';
}

/**
 * The entry in the bar.
 *
 * @param WP_Admin_Bar $bar The bar.
 */
function shide_add_to_bar( $bar ) {
	if ( '' === shide_section_url() || ! current_user_can( 'shide_enter' ) ) {
		return;
	}
	$bar->add_node(
		array(
			'id'    => 'shide',
			'title' => esc_html__( 'Teachers\' conduct', 'shide' ),
			'href'  => esc_url( shide_entry_url() ),
		)
	);
}
add_action( 'admin_bar_menu', 'shide_add_to_bar', 80 );
