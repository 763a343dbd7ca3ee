<?php
/**
 * The theme as a page to stand in: ?shide_bridge=shell gives its header, a marker and its footer. The section fetches that once a minute
 * as a stranger, takes scripts out, and shows its public pages inside.
 *
 * @package Shide
 */

defined( 'ABSPATH' ) || exit;

/**
 * Chooses our template in place of the theme's.
 *
 * @param string $template The theme's.
 * @return string
 */
function shide_shell_template( $template ) {
	return 'shell' === shide_bridge_asked() ? __DIR__ . '/shell-template.php' : $template;
}
add_filter( 'template_include', 'shide_shell_template', 99 );

/**
 * It is no page of its own: not indexed, not kept by others, without a redirection to the front page it resembles.
 */
function shide_prepare_shell() {
	if ( 'shell' !== shide_bridge_asked() ) {
		return;
	}
	nocache_headers();
	header( 'X-Robots-Tag: noindex' );
	wp_set_current_user( 0 ); // Whoever asks, the page is a stranger's.
	show_admin_bar( false );
	add_filter( 'body_class', 'shide_shell_body_class' );
}
add_action( 'wp_loaded', 'shide_prepare_shell' ); // Before the bar of who is signed in is made.

/**
 * The menu of block themes folds on narrow screens and unfolds by a script, which does not come along: here it stays open.
 */
function shide_open_menus() {
	if ( 'shell' === shide_bridge_asked() ) {
		echo '<style>.wp-block-navigation__responsive-container-open,.wp-block-navigation__responsive-container-close{display:none!important}.wp-block-navigation__responsive-container{display:flex!important;position:static!important}</style>';
	}
}
add_action( 'wp_head', 'shide_open_menus', 99 );

/**
 * Keeps redirect_canonical off.
 *
 * @param string $address Where to.
 * @return string|false
 */
function shide_no_canonical( $address ) {
	return 'shell' === shide_bridge_asked() ? false : $address;
}
add_filter( 'redirect_canonical', 'shide_no_canonical' );

/**
 * A plain page to the theme, not its front page.
 *
 * @param string[] $classes The theme's.
 * @return string[]
 */
function shide_shell_body_class( $classes ) {
	return array_merge( array_diff( $classes, array( 'home', 'blog', 'front-page' ) ), array( 'page', 'shide-section-page' ) );
}

/**
 * A part of a block theme, rendered.
 *
 * @param string $name 'header' or 'footer'; also its element.
 * @return string
 */
function shide_template_part( $name ) {
	$part = array(
		'slug'    => $name,
		'tagName' => $name,
		'theme'   => get_stylesheet(),
	);
	return do_blocks( '<!-- wp:template-part ' . serialize_block_attributes( $part ) . ' /-->' );
}

/**
 * The place for the section's page.
 */
function shide_marker() {
	echo '<div id="shide-section"></div>';
}
