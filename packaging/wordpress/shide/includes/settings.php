<?php
/**
 * What this plugin needs to know: where the section is, and where the key lies that it shares with the section.
 *
 * @package Shide
 */

defined( 'ABSPATH' ) || exit;

const SHIDE_SHORTEST_KEY = 32; // Characters, as the section wants them.

/**
 * The settings, complete.
 *
 * @return array{section_url: string, inner_url: string, key_file: string, count: int}
 */
function shide_settings() {
	$defaults = array(
		'section_url' => '',
		'inner_url'   => '',
		'key_file'    => '',
		'count'       => 5,
	);
	$stored = get_option( 'shide_settings', array() );
	return array_merge( $defaults, is_array( $stored ) ? array_intersect_key( $stored, $defaults ) : array() );
}

/**
 * The section's address for browsers, without a slash at its end; '' before it is set.
 *
 * @return string
 */
function shide_section_url() {
	return shide_settings()['section_url'];
}

/**
 * The section's address for this server, where it differs.
 *
 * @return string
 */
function shide_inner_url() {
	$settings = shide_settings();
	return '' === $settings['inner_url'] ? $settings['section_url'] : $settings['inner_url'];
}

/**
 * Calls the section. Without PHP's cURL WordPress bounds each silence only, so an answer that drips would keep the page of a visitor
 * for minutes: here it ends with its time.
 *
 * @param string $path      Below the section's address.
 * @param array  $arguments As of wp_remote_request(), with a timeout.
 * @return array|WP_Error
 */
function shide_call( $path, $arguments ) {
	$end   = microtime( true ) + $arguments['timeout'];
	$watch = static function () use ( $end ) {
		if ( microtime( true ) > $end ) {
			$kind = class_exists( 'WpOrg\Requests\Exception' ) ? 'WpOrg\Requests\Exception' : 'Requests_Exception';
			throw new $kind( 'shide: no whole answer in time', 'timeout' ); // phpcs:ignore WordPress.Security.EscapeOutput -- Caught by WP_Http.
		}
	};
	add_action( 'requests-request.progress', $watch ); // phpcs:ignore WordPress.NamingConventions.ValidHookName -- WordPress's own.
	$answer = wp_remote_request( shide_inner_url() . $path, $arguments + array( 'redirection' => 0 ) );
	remove_action( 'requests-request.progress', $watch );
	return $answer;
}

/**
 * Where the key lies; a constant in wp-config.php goes before the setting.
 *
 * @return string
 */
function shide_key_file() {
	return defined( 'SHIDE_KEY_FILE' ) ? (string) SHIDE_KEY_FILE : shide_settings()['key_file'];
}

/**
 * What is wrong with a key file, in words; '' when nothing is.
 *
 * @param string $file Its name.
 * @return string
 */
function shide_key_problem( $file ) {
	if ( '' === $file ) {
		return __( 'No key file is named, so nobody is signed in to the section from here.', 'shide' );
	}
	if ( '/' !== $file[0] || strlen( $file ) > 1000 || false !== strpos( $file, "\0" ) ) {
		return __( 'The key file needs its whole path, such as /etc/shide/keys/site.key.', 'shide' );
	}
	$real = realpath( $file );
	if ( false === $real || ! is_file( $real ) || ! is_readable( $real ) ) {
		return __( 'The key file cannot be read by the web server. Check its path, owner and rights.', 'shide' );
	}
	if ( 0 === strpos( $real, trailingslashit( (string) realpath( ABSPATH ) ) ) ) {
		return __( 'The key file lies below the site, where anybody might fetch it. Move it out.', 'shide' );
	}
	if ( ( fileperms( $real ) & 0004 ) !== 0 ) {
		return __( 'Everybody on the server can read the key file. First run chmod o-r on it.', 'shide' );
	}
	if ( filesize( $real ) > 4096 || strlen( shide_read_key( $real ) ) < SHIDE_SHORTEST_KEY ) {
		/* translators: %d: number of characters. */
		return sprintf( __( 'The key must have at least %d characters on one line. openssl rand -hex 32 makes one.', 'shide' ), SHIDE_SHORTEST_KEY );
	}
	return '';
}

/**
 * The bytes of the key without its line end.
 *
 * @param string $file Its name.
 * @return string
 */
function shide_read_key( $file ) {
	// A file of this machine, no address: WP_Filesystem is for writing as somebody else.
	return rtrim( (string) file_get_contents( $file, false, null, 0, 4097 ), "\r\n" ); // phpcs:ignore WordPress.WP.AlternativeFunctions
}

/**
 * The key, or '' when there is none that may be used.
 *
 * @return string
 */
function shide_key() {
	$file = shide_key_file();
	return '' === shide_key_problem( $file ) ? shide_read_key( $file ) : '';
}

/**
 * An address of the section as it is kept, or null for what is none.
 *
 * @param string $typed As typed.
 * @return string|null
 */
function shide_clean_address( $typed ) {
	if ( ! preg_match( '~^https?://[^/]~i', trim( $typed ) ) ) {
		return null; // WordPress would make an address of a plain word.
	}
	$address = untrailingslashit( esc_url_raw( trim( $typed ), array( 'http', 'https' ) ) );
	$parts   = wp_parse_url( $address );
	if ( strlen( $address ) > 500 || empty( $parts['host'] ) || isset( $parts['query'] ) || isset( $parts['fragment'] ) || isset( $parts['user'] ) ) {
		return null;
	}
	return $address;
}

/**
 * What may be stored of a form of settings; what is wrong is said beside it and the old value kept.
 *
 * @param mixed $typed The form.
 * @return array
 */
function shide_clean_settings( $typed ) {
	$kept  = shide_settings();
	$typed = is_array( $typed ) ? $typed : array();
	$text  = static function ( $name ) use ( $typed ) {
		return isset( $typed[ $name ] ) && is_string( $typed[ $name ] ) ? trim( wp_unslash( $typed[ $name ] ) ) : '';
	};
	foreach ( array( 'section_url', 'inner_url' ) as $name ) {
		$address = '' === $text( $name ) ? '' : shide_clean_address( $text( $name ) );
		if ( null === $address ) {
			shide_settings_error( $name, __( 'An address begins with http:// or https:// and ends with the path of the section, such as https://www.example.edu.cn/shide.', 'shide' ) );
			continue;
		}
		$kept[ $name ] = $address;
	}
	if ( '' !== $text( 'key_file' ) && '' !== shide_key_problem( $text( 'key_file' ) ) ) {
		shide_settings_error( 'key_file', shide_key_problem( $text( 'key_file' ) ) );
	} else {
		$kept['key_file'] = $text( 'key_file' );
	}
	$count         = isset( $typed['count'] ) && is_numeric( $typed['count'] ) ? (int) $typed['count'] : 0;
	$kept['count'] = max( 1, min( 20, $count > 0 ? $count : $kept['count'] ) );
	shide_forget_pieces();
	return $kept;
}

/**
 * Says what is wrong, where settings are shown.
 *
 * @param string $name  The setting.
 * @param string $words What is wrong.
 */
function shide_settings_error( $name, $words ) {
	if ( function_exists( 'add_settings_error' ) ) {
		add_settings_error( 'shide_settings', 'shide_' . $name, $words );
	}
}

/**
 * Lets WordPress know the option and its cleaner.
 */
function shide_register_settings() {
	register_setting(
		'shide',
		'shide_settings',
		array(
			'type'              => 'array',
			'sanitize_callback' => 'shide_clean_settings',
			'show_in_rest'      => false,
		)
	);
}
add_action( 'admin_init', 'shide_register_settings' );
