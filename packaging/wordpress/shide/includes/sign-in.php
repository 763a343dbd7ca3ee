<?php
/**
 * One sign-in: who is signed in here is brought to the section signed in. The section sends the browser with a nonce; we answer with a
 * ticket about that nonce. It holds this site's number of the user, no name: who that is there, the section knows.
 *
 * @package Shide
 */

defined( 'ABSPATH' ) || exit;

/**
 * Answers ?shide_bridge=sign-in.
 */
function shide_serve_sign_in() {
	if ( 'sign-in' !== shide_bridge_asked() ) {
		return;
	}
	nocache_headers();
	header( 'Referrer-Policy: no-referrer' );
	$nonce  = shide_asked( 'nonce', '/^[a-z0-9]{16,64}$/D' );
	$return = shide_asked( 'return', '~^/(?![/\\\\])[^\\\\\x00-\x1f\x7f]{0,290}$~D' );
	if ( '' === shide_section_url() ) {
		shide_stop( __( 'The address of the section is not set yet. Please ask the administrator of this site.', 'shide' ), 503 );
	}
	if ( '' === $nonce ) {
		shide_leave_for( shide_section_url() . '/site/sign-in' ); // Somebody began here: the section begins.
	}
	if ( ! is_user_logged_in() ) {
		shide_leave_for( wp_login_url( shide_bridge_url( 'sign-in', compact( 'nonce', 'return' ) ) ) );
	}
	if ( ! current_user_can( 'shide_enter' ) ) {
		shide_stop( __( 'The section is for the staff of the school. Your account here is not one of them; the administrator of this site can change that.', 'shide' ), 403 );
	}
	if ( '' === shide_key() ) {
		shide_stop( __( 'Signing in to the section does not work at the moment: its key cannot be used. Please tell the administrator of this site.', 'shide' ), 503 );
	}
	shide_leave_for( shide_ticket_url( $nonce, $return ) );
}
add_action( 'wp_loaded', 'shide_serve_sign_in' );

/**
 * Where the section takes the ticket of the current user.
 *
 * @param string $nonce  The section's.
 * @param string $return Page of the section to go on to; '' for its own choice.
 * @return string
 */
function shide_ticket_url( $nonce, $return ) {
	$fields        = array(
		'user'    => (string) get_current_user_id(),
		'session' => shide_session(),
		'issued'  => (string) time(),
		'nonce'   => $nonce,
		'return'  => $return,
	);
	$fields['mac'] = shide_signature( 'shide ticket 1', array_values( $fields ) );
	return add_query_arg( array_map( 'rawurlencode', $fields ), shide_section_url() . '/site/enter' );
}

/**
 * Sends the browser to an address of ours or of the section, which may be another host.
 *
 * @param string $address Where to.
 */
function shide_leave_for( $address ) {
	wp_redirect( $address, 303 ); // phpcs:ignore WordPress.Security.SafeRedirect -- Made from the settings, not from the request.
	exit;
}
