<?php
/**
 * The section's latest pieces, as block shide/section and as [shide_section]. They are kept for less
 * than a minute (what the section withdraws is gone here in that time), and escaped where they are shown.
 *
 * @package Shide
 */

defined( 'ABSPATH' ) || exit;

const SHIDE_PIECES_SECONDS = 45;
const SHIDE_MOST_BYTES     = 262144;

/**
 * The newest pieces; null when the section does not answer.
 *
 * @return array[]|null Each with title, address, day.
 */
function shide_pieces() {
	$kept = get_transient( 'shide_pieces' );
	if ( is_array( $kept ) ) {
		return isset( $kept['pieces'] ) ? $kept['pieces'] : null;
	}
	if ( '' === shide_inner_url() ) {
		return null;
	}
	// While one visitor fetches, the others get the answer "not now" rather than a queue of their own.
	set_transient( 'shide_pieces', array(), 5 );
	$pieces = shide_fetch_pieces();
	set_transient( 'shide_pieces', null === $pieces ? array() : array( 'pieces' => $pieces ), null === $pieces ? 15 : SHIDE_PIECES_SECONDS );
	return $pieces;
}

/**
 * Forgets them: the settings changed.
 */
function shide_forget_pieces() {
	delete_transient( 'shide_pieces' );
}

/**
 * Asks the section.
 *
 * @return array[]|null
 */
function shide_fetch_pieces() {
	$answer = shide_call(
		'/api/v1/public/posts',
		array(
			'timeout'             => 2,
			'limit_response_size' => SHIDE_MOST_BYTES,
		)
	);
	$list = 200 === (int) wp_remote_retrieve_response_code( $answer ) ? json_decode( wp_remote_retrieve_body( $answer ), true, 8 ) : null;
	if ( ! is_array( $list ) || ! isset( $list['items'] ) || ! is_array( $list['items'] ) ) {
		return null;
	}
	$pieces = array();
	foreach ( array_slice( $list['items'], 0, 20 ) as $item ) {
		$is_whole = isset( $item['id'], $item['title'], $item['published_on'] ) && is_string( $item['title'] ) && preg_match( '/^[0-9a-f-]{36}$/D', (string) $item['id'] );
		if ( $is_whole ) {
			$pieces[] = array(
				'title'   => $item['title'],
				'address' => shide_section_url() . '/posts/' . $item['id'],
				'day'     => preg_match( '/^\d{4}-\d\d-\d\d$/D', (string) $item['published_on'] ) ? $item['published_on'] : '',
			);
		}
	}
	return $pieces;
}

/**
 * The list as HTML.
 *
 * @param array $wanted count, title.
 * @return string
 */
function shide_render_pieces( $wanted ) {
	$address = shide_section_url();
	if ( '' === $address ) {
		return current_user_can( 'shide_manage' ) ? '<p>' . esc_html__( 'The address of the section is not set yet.', 'shide' ) . '</p>' : '';
	}
	$count  = isset( $wanted['count'] ) ? (int) $wanted['count'] : 0;
	$count  = $count > 0 ? min( 20, $count ) : shide_settings()['count'];
	$title  = isset( $wanted['title'] ) && is_string( $wanted['title'] ) && '' !== trim( $wanted['title'] ) ? $wanted['title'] : __( 'Teachers\' conduct', 'shide' );
	$pieces = shide_pieces();
	wp_enqueue_style( 'shide-pieces', plugins_url( 'assets/pieces.css', SHIDE_PLUGIN_FILE ), array(), SHIDE_VERSION );
	$html = '<div class="shide-pieces"><h2>' . esc_html( $title ) . '</h2>';
	if ( null === $pieces ) {
		$html .= '<p>' . esc_html__( 'The list cannot be shown at the moment.', 'shide' ) . '</p>';
	} elseif ( array() === $pieces ) {
		$html .= '<p>' . esc_html__( 'Nothing has been published yet.', 'shide' ) . '</p>';
	} else {
		$html .= '<ul>' . implode( '', array_map( 'shide_render_piece', array_slice( $pieces, 0, $count ) ) ) . '</ul>';
	}
	return $html . '<p class="shide-more"><a href="' . esc_url( $address . '/' ) . '">' . esc_html__( 'To the section', 'shide' ) . '</a></p></div>';
}

/**
 * One line of it.
 *
 * @param array $piece title, address, day.
 * @return string
 */
function shide_render_piece( $piece ) {
	$day = '' === $piece['day'] ? '' : ' <time datetime="' . esc_attr( $piece['day'] ) . '">' . esc_html( $piece['day'] ) . '</time>';
	return '<li><a href="' . esc_url( $piece['address'] ) . '">' . esc_html( $piece['title'] ) . '</a>' . $day . '</li>';
}

/**
 * [shide_section count="5" title="..."]
 *
 * @param array|string $attributes As written.
 * @return string
 */
function shide_shortcode( $attributes ) {
	$wanted = shortcode_atts(
		array(
			'count' => 0,
			'title' => '',
		),
		$attributes,
		'shide_section'
	);
	return shide_render_pieces( $wanted );
}

/**
 * Block and shortcode are there from the start of every request, and cost nothing where nobody uses them.
 */
function shide_register_pieces() {
	add_shortcode( 'shide_section', 'shide_shortcode' );
	wp_register_script( 'shide-block', plugins_url( 'blocks/section/index.js', SHIDE_PLUGIN_FILE ), array( 'wp-blocks', 'wp-block-editor', 'wp-components', 'wp-element', 'wp-i18n', 'wp-server-side-render' ), SHIDE_VERSION, true );
	wp_set_script_translations( 'shide-block', 'shide', plugin_dir_path( SHIDE_PLUGIN_FILE ) . 'languages' );
	register_block_type( plugin_dir_path( SHIDE_PLUGIN_FILE ) . 'blocks/section', array( 'render_callback' => 'shide_render_pieces' ) );
}
add_action( 'init', 'shide_register_pieces' );
