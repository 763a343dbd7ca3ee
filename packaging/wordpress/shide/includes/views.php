<?php
/**
 * How often an article was read here, for the section that put it there: WordPress itself does not count, so this tells what a
 * counting plugin keeps (WP-PostViews and others: the field `views`). A site that counts elsewhere uses the filter `shide_views`.
 *
 * @package Shide
 */

defined( 'ABSPATH' ) || exit;

/**
 * Adds the number to what the interface for programs tells an author of an own article.
 */
function shide_register_views() {
	register_rest_field(
		'post',
		'shide_views',
		array(
			'get_callback' => 'shide_views_of',
			'schema'       => array(
				'type'     => array( 'integer', 'null' ),
				'context'  => array( 'edit' ),
				'readonly' => true,
			),
		)
	);
}
add_action( 'rest_api_init', 'shide_register_views' );

/**
 * The number, or null where nobody counts.
 *
 * @param array $post As the interface shows it.
 * @return int|null
 */
function shide_views_of( $post ) {
	$views = apply_filters( 'shide_views', get_post_meta( $post['id'], 'views', true ), $post['id'] );
	return is_numeric( $views ) ? (int) $views : null;
}
