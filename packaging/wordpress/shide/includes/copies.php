<?php
/**
 * Two things WordPress's interface for programs does not tell, for the section that puts its posts here as articles: how often one
 * was read, and whether the credentials it sent arrived.
 *
 * @package Shide
 */

defined( 'ABSPATH' ) || exit;

/**
 * Adds to the interface's index whether this very request brought credentials: a proxy that strips them looks like a wrong
 * password otherwise.
 *
 * @param WP_REST_Response $response The index.
 * @return WP_REST_Response
 */
function shide_tell_credentials( $response ) {
	$response->data['shide_credentials'] = isset( $_SERVER['PHP_AUTH_USER'] ) || ! empty( $_SERVER['HTTP_AUTHORIZATION'] );
	return $response;
}
add_filter( 'rest_index', 'shide_tell_credentials' );

/**
 * Adds the number of readers to what the interface for programs tells an author of an own article.
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
 * The number, or null where nobody counts: WordPress itself does not. A counting plugin (WP-PostViews and others) keeps it in the
 * field `views`; a site that counts elsewhere uses the filter.
 *
 * @param array $post As the interface shows it.
 * @return int|null
 */
function shide_views_of( $post ) {
	$views = apply_filters( 'shide_views', get_post_meta( $post['id'], 'views', true ), $post['id'] );
	return is_numeric( $views ) ? (int) $views : null;
}
