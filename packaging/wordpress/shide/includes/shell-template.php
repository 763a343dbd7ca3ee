<?php
/**
 * The theme's header, the marker, the theme's footer: for classic themes by get_header, for block themes by their template parts.
 *
 * @package Shide
 */

defined( 'ABSPATH' ) || exit;

if ( ! function_exists( 'wp_is_block_theme' ) || ! wp_is_block_theme() ) {
	get_header();
	shide_marker();
	get_footer();
	return;
}

// Before wp_head: blocks say there which styles they need.
$shide_header = shide_template_part( 'header' );
$shide_footer = shide_template_part( 'footer' );
?>
<!DOCTYPE html>
<html <?php language_attributes(); ?>>
<head>
	<meta charset="<?php bloginfo( 'charset' ); ?>">
	<?php wp_head(); ?>
</head>
<body <?php body_class(); ?>>
<?php wp_body_open(); ?>
<div class="wp-site-blocks">
<?php
echo $shide_header; // phpcs:ignore WordPress.Security.EscapeOutput -- Rendered by the theme's own blocks.
shide_marker();
echo $shide_footer; // phpcs:ignore WordPress.Security.EscapeOutput -- As above.
?>
</div>
<?php wp_footer(); ?>
</body>
</html>
