<?php
/**
 * Words between this site and the section: signed with the key both hold, a minute old at most, each said once.
 *
 * @package Shide
 */

defined( 'ABSPATH' ) || exit;

/**
 * The signature of a word: HMAC-SHA256 over its kind and its fields, a line each, as the section computes it.
 *
 * @param string   $kind   Such as 'shide ticket 1'.
 * @param string[] $fields user, session, issued, nonce, return.
 * @return string Hexadecimal; '' without a key.
 */
function shide_signature( $kind, array $fields ) {
	$key = shide_key();
	return '' === $key ? '' : hash_hmac( 'sha256', $kind . "\n" . implode( "\n", $fields ), $key );
}

/**
 * A field of the address as it came; '' for what a browser would not send.
 *
 * @param string $name    Of the field.
 * @param string $pattern What it must look like.
 * @return string
 */
function shide_asked( $name, $pattern ) {
	// Words of the section carry their own signature or lead nowhere but to the section; a nonce of WordPress cannot reach it.
	$value = isset( $_GET[ $name ] ) && is_string( $_GET[ $name ] ) ? wp_unslash( $_GET[ $name ] ) : ''; // phpcs:ignore WordPress.Security
	return preg_match( $pattern, $value ) ? $value : '';
}

/**
 * The session of WordPress behind this request, by a hash that tells nothing: '' for nobody's.
 *
 * @return string
 */
function shide_session() {
	$token = wp_get_session_token();
	return '' === $token ? '' : shide_session_of( hash( 'sha256', $token ) );
}

/**
 * The same from what WordPress keeps of a session, which is that hash.
 *
 * @param string $verifier A key of the user's session_tokens.
 * @return string
 */
function shide_session_of( $verifier ) {
	return substr( (string) $verifier, 0, 32 );
}

/**
 * An address of this bridge that works with every kind of permalinks.
 *
 * @param string   $what 'sign-in', 'sign-out' or 'shell'.
 * @param string[] $more Further fields, unencoded.
 * @return string
 */
function shide_bridge_url( $what, array $more = array() ) {
	return add_query_arg( array_map( 'rawurlencode', array( 'shide_bridge' => $what ) + $more ), home_url( '/' ) );
}

/**
 * What of this bridge is asked for.
 *
 * @return string
 */
function shide_bridge_asked() {
	return shide_asked( 'shide_bridge', '/^[a-z-]{1,20}$/D' );
}

/**
 * Ends the request with words for the person, never for a cache.
 *
 * @param string $words  What to tell.
 * @param int    $status HTTP status.
 */
function shide_stop( $words, $status ) {
	nocache_headers();
	wp_die(
		esc_html( $words ),
		esc_html__( 'The section', 'shide' ),
		array(
			'response'  => (int) $status,
			'back_link' => true,
		)
	);
}
