<?php
/**
 * Signing out in both directions. A session that ends here is told to the section, whatever ended it: signing out, "everywhere else",
 * a new password, another role, a deleted user. And who signs out there comes by and is signed out here.
 *
 * @package Shide
 */

defined( 'ABSPATH' ) || exit;

const SHIDE_NOTICE_TRIES   = 6;
const SHIDE_MOST_SESSIONS  = 10; // Ended at once; more are told as "all of them".

/**
 * Answers ?shide_bridge=sign-out: ends the session a ticket named, if it is the one of this very browser.
 */
function shide_serve_sign_out() {
	if ( 'sign-out' !== shide_bridge_asked() ) {
		return;
	}
	nocache_headers();
	$session = shide_asked( 'session', '/^[a-z0-9]{1,64}$/D' );
	$issued  = shide_asked( 'issued', '/^[0-9]{1,15}$/D' );
	$nonce   = shide_asked( 'nonce', '/^[A-Za-z0-9_-]{16,64}$/D' );
	$mac     = shide_asked( 'mac', '/^[0-9a-f]{64}$/D' );
	$right   = shide_signature( 'shide leave 1', array( '', $session, $issued, $nonce, '' ) );
	$is_ours = '' !== $right && '' !== $mac && hash_equals( $right, $mac ) && abs( time() - (int) $issued ) <= 60;
	if ( $is_ours && is_user_logged_in() && hash_equals( shide_session(), $session ) ) {
		wp_logout();
	}
	shide_leave_for( '' === shide_section_url() ? home_url( '/' ) : shide_section_url() . '/' );
}
add_action( 'wp_loaded', 'shide_serve_sign_out' );

/**
 * Notes what the section is to be told when the person has got their page.
 *
 * @param int    $user_id Whose session ended.
 * @param string $session Which one; '' for all of the user's.
 */
function shide_note_ended( $user_id, $session ) {
	static $is_hooked = false;
	$GLOBALS['shide_ended'][ $user_id . ' ' . $session ] = array( (int) $user_id, $session, 1 );
	if ( ! $is_hooked ) {
		$is_hooked = true;
		add_action( 'shutdown', 'shide_tell_ended', 100 );
	}
}

/**
 * Tells what was noted, once the answer is out.
 */
function shide_tell_ended() {
	if ( function_exists( 'fastcgi_finish_request' ) ) {
		fastcgi_finish_request();
	}
	foreach ( isset( $GLOBALS['shide_ended'] ) ? $GLOBALS['shide_ended'] : array() as $ended ) {
		shide_tell( $ended[0], $ended[1], $ended[2] );
	}
	$GLOBALS['shide_ended'] = array();
}

/**
 * Tells the section that sessions ended; tries again later when it does not answer.
 *
 * @param int    $user_id Whose.
 * @param string $session Which; '' for all.
 * @param int    $try     Of SHIDE_NOTICE_TRIES.
 * @return bool Whether the section has heard it.
 */
function shide_tell( $user_id, $session, $try = 1 ) {
	$user_id = (string) (int) $user_id;
	$issued  = (string) time();
	$nonce   = bin2hex( random_bytes( 16 ) );
	$mac     = shide_signature( 'shide sign-out 1', array( $user_id, (string) $session, $issued, $nonce, '' ) );
	if ( '' === $mac || '' === shide_inner_url() ) {
		return false;
	}
	$answer = shide_call(
		'/api/v1/site/sign-out',
		array(
			'method'              => 'POST',
			'timeout'             => 3,
			'limit_response_size' => 4096,
			'headers'             => array( 'Content-Type' => 'application/json' ),
			'body'                => wp_json_encode(
				array(
					'user'    => $user_id,
					'session' => (string) $session,
					'issued'  => $issued,
					'nonce'   => $nonce,
					'mac'     => $mac,
				)
			),
		)
	);
	if ( 200 === (int) wp_remote_retrieve_response_code( $answer ) ) {
		return true;
	}
	if ( $try < SHIDE_NOTICE_TRIES ) {
		wp_schedule_single_event( time() + 5 * $try, 'shide_tell_again', array( (int) $user_id, (string) $session, $try + 1 ) );
	}
	return false;
}
add_action( 'shide_tell_again', 'shide_tell', 10, 3 );

/**
 * WordPress keeps a user's sessions in one entry: what is no longer in it has ended.
 *
 * @param int    $meta_id Unused.
 * @param int    $user_id Whose.
 * @param string $key     Of the entry.
 * @param mixed  $next    What it becomes.
 */
function shide_sessions_change( $meta_id, $user_id, $key, $next ) {
	if ( 'session_tokens' !== $key ) {
		return;
	}
	$before = get_user_meta( $user_id, 'session_tokens', true );
	$ended  = is_array( $before ) ? array_keys( array_diff_key( $before, is_array( $next ) ? $next : array() ) ) : array();
	if ( count( $ended ) > SHIDE_MOST_SESSIONS ) {
		shide_note_ended( $user_id, '' );
		return;
	}
	foreach ( $ended as $verifier ) {
		shide_note_ended( $user_id, shide_session_of( $verifier ) );
	}
}
add_action( 'update_user_meta', 'shide_sessions_change', 10, 4 );

/**
 * All sessions of a user are thrown away at once.
 *
 * @param int[]  $meta_ids Unused.
 * @param int    $user_id  Whose.
 * @param string $key      Of the entry.
 */
function shide_sessions_go( $meta_ids, $user_id, $key ) {
	if ( 'session_tokens' === $key ) {
		shide_note_ended( $user_id, '' );
	}
}
add_action( 'delete_user_meta', 'shide_sessions_go', 10, 3 );

/**
 * A new password, a deleted user.
 *
 * @param int|WP_User $user Whose.
 */
function shide_user_changes( $user ) {
	shide_note_ended( $user instanceof WP_User ? $user->ID : (int) $user, '' );
}
add_action( 'after_password_reset', 'shide_user_changes' );
add_action( 'delete_user', 'shide_user_changes' );

/**
 * A profile was saved: with another password, sessions begun with the old one end.
 *
 * @param int     $user_id Whose.
 * @param WP_User $before  As it was.
 */
function shide_profile_changes( $user_id, $before ) {
	$now = get_userdata( $user_id );
	if ( $now && $now->user_pass !== $before->user_pass ) {
		shide_note_ended( $user_id, '' );
	}
}
add_action( 'profile_update', 'shide_profile_changes', 10, 2 );

/**
 * Another role here may mean: no longer staff. Whoever still is comes in again without typing anything.
 *
 * @param int      $user_id Whose.
 * @param string   $role    The new one.
 * @param string[] $before  Those before; none for a user just made.
 */
function shide_role_changes( $user_id, $role, $before = array() ) {
	if ( array() !== $before ) {
		shide_note_ended( $user_id, '' );
	}
}
add_action( 'set_user_role', 'shide_role_changes', 10, 3 );

/**
 * A role was taken away.
 *
 * @param int $user_id Whose.
 */
function shide_role_goes( $user_id ) {
	shide_note_ended( $user_id, '' );
}
add_action( 'remove_user_role', 'shide_role_goes' );
